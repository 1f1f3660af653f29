// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/render.hpp>
#include <map>

#include "render/findings.hpp"

namespace corefile {

std::string render_checkstyle(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  using namespace render;
  std::map<std::string, std::string> files;
  for (const Analysis& analysis : analyses) files[path_of(analysis.sources.front().name(), options)];
  for_each_finding(analyses, [&](const Found& found) {
    const Diagnostic& finding = found.finding;
    const Position at = found.positions.begin(finding.place);
    files[path_of(found.analysis, finding.place, options)] +=
        fmt::format("    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"corefile-lint.{}\"/>\n", at.line,
                    at.column, to_string(finding.severity), xml(finding.message), xml(finding.rule));
  });
  for (const Unread& input : options.unread) {
    files[path_of(input.path, options)] +=
        fmt::format("    <error line=\"1\" severity=\"error\" message=\"{}\" source=\"corefile-lint.unread\"/>\n", xml(input.message));
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  for (const auto& [path, errors] : files) out += fmt::format("  <file name=\"{}\">\n{}  </file>\n", xml(path), errors);
  return out + "</checkstyle>\n";
}

}  // namespace corefile
