// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/render.hpp>

#include "render/findings.hpp"
#include "render/sheet.hpp"

namespace corefile {
namespace {

using namespace render;

// What is advice does not fail a test.
bool fails(const Diagnostic& finding) { return finding.severity != Severity::info; }

std::string xml_lines(std::string_view text) {
  std::string out;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    out += xml(text.substr(0, end)) + '\n';
    text.remove_prefix(end + 1);
  }
  return out + xml(text);
}

void suite(const Analysis& analysis, const RenderOptions& options, std::string& out) {
  const std::string path = xml(path_of(analysis.sources.front().name(), options));
  const auto& found = analysis.diagnostics;
  const auto failures = std::count_if(found.begin(), found.end(), fails);
  out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" time=\"0\">\n", path,
                     std::max<std::size_t>(1, found.size()), failures);
  // A dashboard shows nothing of a suite without a case.
  if (found.empty()) out += fmt::format("    <testcase name=\"no findings\" classname=\"{}\" time=\"0\"/>\n", path);
  const Positions positions(analysis);
  for (const Diagnostic& finding : found) {
    const std::string file = xml(path_of(analysis, finding.place, options));
    out += fmt::format("    <testcase name=\"{}:{} {}\" classname=\"{}\" file=\"{}\" line=\"{}\" time=\"0\">", file,
                       to_string(positions.begin(finding.place)), xml(finding.rule), path, file, positions.begin(finding.place).line);
    if (fails(finding)) {
      out += fmt::format("<failure type=\"{}\" message=\"{}\">{}</failure>", to_string(finding.severity), xml(finding.message),
                         xml_lines(story(finding)));
    } else {
      out += fmt::format("<system-out>{}</system-out>", xml_lines(story(finding)));
    }
    out += "</testcase>\n";
  }
  out += "  </testsuite>\n";
}

}  // namespace

std::string render_junit(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  std::size_t tests = options.unread.size();
  std::size_t failures = 0;
  std::string suites;
  for (const Analysis& analysis : analyses) {
    tests += std::max<std::size_t>(1, analysis.diagnostics.size());
    failures += static_cast<std::size_t>(std::count_if(analysis.diagnostics.begin(), analysis.diagnostics.end(), fails));
    suite(analysis, options, suites);
  }
  for (const Unread& input : options.unread) {
    const std::string path = xml(path_of(input.path, options));
    suites += fmt::format(
        "  <testsuite name=\"{0}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" time=\"0\">\n"
        "    <testcase name=\"{0} is read\" classname=\"{0}\" time=\"0\"><error type=\"unread\" message=\"{1}\"/></testcase>\n"
        "  </testsuite>\n",
        path, xml(input.message));
  }
  return fmt::format(
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<testsuites name=\"corefile-lint\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"0\">\n",
             tests, failures, options.unread.size()) +
         suites + "</testsuites>\n";
}

}  // namespace corefile
