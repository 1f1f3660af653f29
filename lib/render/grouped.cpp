// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/render.hpp>

#include "render/paint.hpp"
#include "render/positions.hpp"
#include "render/sheet.hpp"
#include "render/text.hpp"

namespace corefile {
namespace {

using namespace render;

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

void file(std::string& out, const Analysis& analysis, std::uint32_t document, const Paint& paint) {
  const Positions positions(analysis);
  std::size_t width = 0;
  for (const Diagnostic& found : analysis.diagnostics) {
    if (found.place.document == document) width = std::max(width, render::to_string(positions.begin(found.place)).size());
  }
  paint.put(out, Ink::strong, visible_path(analysis.sources[document].name()));
  out += '\n';
  for (const Diagnostic& found : analysis.diagnostics) {
    if (found.place.document != document) continue;
    out += "  " + padded(render::to_string(positions.begin(found.place)), width) + "  ";
    paint.put(out, ink_of(found.severity), padded(std::string(to_string(found.severity)), 7));
    out += "  " + shown(found.message) + "  ";
    paint.put(out, Ink::frame, '[' + visible(found.rule) + ']');
    out += '\n';
  }
  out += '\n';
}

}  // namespace

std::string render_grouped(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  std::string out;
  const Paint paint(options.colour);
  for (const Analysis& analysis : analyses) {
    for (std::uint32_t document = 0; document < analysis.sources.size(); ++document) {
      const auto in_it = [document](const Diagnostic& found) { return found.place.document == document; };
      if (std::any_of(analysis.diagnostics.begin(), analysis.diagnostics.end(), in_it)) file(out, analysis, document, paint);
    }
  }
  for (const Unread& input : options.unread) {
    paint.put(out, Ink::strong, visible_path(input.path));
    out += '\n';
    paint.put(out, Ink::error, "  error");
    out += "  " + shown(input.message) + "\n\n";
  }
  return out;
}

}  // namespace corefile
