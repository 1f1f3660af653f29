// SPDX-License-Identifier: Apache-2.0
#include <corefile/render.hpp>

#include "render/findings.hpp"
#include "render/sheet.hpp"
#include "render/text.hpp"

namespace corefile {
namespace {

using namespace render;

// Nothing of a linted file is Markdown or HTML: what could be is written as a character reference.
std::string as_references(std::string_view text) {
  static constexpr std::string_view marks = "\\`*_{}[]<>#|@&~!$";
  std::string out;
  for (const char c : text) {
    if (marks.find(c) == std::string_view::npos) {
      out += c;
    } else {
      out += "&#" + std::to_string(static_cast<unsigned char>(c)) + ';';
    }
  }
  return out;
}

// What stands between backquotes is code.
std::string prose(std::string_view text) {
  const std::string whole = shown(text);
  std::string out;
  for (std::string_view rest = whole; !rest.empty();) {
    const std::size_t open = rest.find('`');
    const std::size_t close = open == std::string_view::npos ? open : rest.find('`', open + 1);
    if (close == std::string_view::npos) return out + as_references(rest);
    out += as_references(rest.substr(0, open)) + "<code>" + as_references(rest.substr(open + 1, close - open - 1)) + "</code>";
    rest.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace

std::string render_markdown(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  std::string rows;
  for (const Unread& input : options.unread) {
    rows += "| error | " + as_references(visible(path_of(input.path, options))) + " | " + prose(input.message) + " | |\n";
  }
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    for_each_finding(analyses, [&](const Found& found) {
      const Diagnostic& finding = found.finding;
      if (finding.severity != severity) return;
      rows += "| " + std::string(to_string(severity)) + " | " + as_references(visible(path_of(found.analysis, finding.place, options))) +
              ':' + render::to_string(found.positions.begin(finding.place)) + " | " + prose(finding.message) + " | " +
              as_references(visible(finding.rule)) + " |\n";
    });
  }
  if (rows.empty()) return "No findings.\n";
  return "| Severity | Place | Finding | Rule |\n|---|---|---|---|\n" + rows;
}

}  // namespace corefile
