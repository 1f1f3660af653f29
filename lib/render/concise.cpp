// SPDX-License-Identifier: Apache-2.0
#include <corefile/render.hpp>

#include "render/paint.hpp"
#include "render/positions.hpp"
#include "render/sheet.hpp"
#include "render/text.hpp"

namespace corefile {

std::string render_concise(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  std::string out;
  const render::Paint paint(options.colour);
  for (const Analysis& analysis : analyses) {
    const render::Positions positions(analysis);
    for (const Diagnostic& found : analysis.diagnostics) {
      const std::string& path = analysis.sources[found.place.document].name();
      out += render::visible_path(path) + ':' + render::to_string(positions.begin(found.place)) + ": ";
      paint.put(out, render::ink_of(found.severity), std::string(to_string(found.severity)) + '[' + visible(found.rule) + ']');
      out += ' ' + render::shown(found.message) + '\n';
    }
  }
  for (const Unread& input : options.unread) {
    out += render::visible_path(input.path) + ":1:1: ";
    paint.put(out, render::Ink::error, "error[unread]");
    out += ' ' + render::shown(input.message) + '\n';
  }
  return out;
}

}  // namespace corefile
