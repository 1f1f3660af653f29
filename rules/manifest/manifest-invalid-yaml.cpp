// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "manifest/manifest.hpp"

namespace corefile::rules::manifest_invalid_yaml {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind != ManifestFault::Kind::invalid_yaml) continue;
    Diagnostic& found = report.at(Place{0, fault.span}, "this is not valid YAML");
    found.label = fault.detail;
    found.notes.push_back("kubectl refuses the file; the other documents in it were checked, this one was not");
    if (!fault.subject.empty()) {
      found.help = "the text of `" + fault.subject + "` ends above this line: indent the line as that text, by spaces";
    } else if (fault.detail.find("`|`") != std::string::npos) {
      found.help = "write a `|` behind the key's `:`, and the text below it, indented";
    } else if (fault.detail.starts_with("the lines below")) {
      found.help = "indent all lines of the text at least as far as its first one";
    } else if (fault.detail.starts_with("a tab")) {
      found.help = "indent by spaces";
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::manifest_invalid_yaml
