// SPDX-License-Identifier: Apache-2.0
#include <corefile/fingerprint.hpp>
#include <corefile/render.hpp>

#include "render/findings.hpp"
#include "render/json_text.hpp"

namespace corefile {
namespace {

using namespace render;

std::string_view gitlab_severity(Severity severity) noexcept {
  return severity == Severity::error ? "major" : severity == Severity::warning ? "minor" : "info";
}

}  // namespace

std::string render_gitlab(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  Json report = Json::array();
  for (const Analysis& analysis : analyses) {
    if (analysis.diagnostics.empty()) continue;
    const Positions positions(analysis);
    const std::vector<std::string> prints = fingerprints(analysis, names_below(options));
    for (std::size_t i = 0; i < analysis.diagnostics.size(); ++i) {
      const Diagnostic& found = analysis.diagnostics[i];
      // The rule is not shown beside the description.
      report.push_back({{"description", std::string(found.rule) + ": " + words(found.message)},
                        {"check_name", found.rule},
                        {"fingerprint", prints[i]},
                        {"severity", gitlab_severity(found.severity)},
                        {"location",
                         {{"path", exact(path_of(analysis, found.place, options))},
                          {"lines", {{"begin", positions.begin(found.place).line}, {"end", positions.end(found.place).line}}}}}});
    }
  }
  for (const Unread& input : options.unread) {
    report.push_back({{"description", "unread: " + words(input.message)},
                      {"check_name", "unread"},
                      {"fingerprint", "unread " + exact(path_of(input.path, options))},
                      {"severity", "blocker"},
                      {"location", {{"path", exact(path_of(input.path, options))}, {"lines", {{"begin", 1}}}}}});
  }
  return dump(report, 2) + '\n';
}

}  // namespace corefile
