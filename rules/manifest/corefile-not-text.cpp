// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "manifest/manifest.hpp"

namespace corefile::rules::corefile_not_text {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind != ManifestFault::Kind::value_not_text) continue;
    const bool empty = fault.detail == "null";
    const bool whole = fault.subject == "data";
    Diagnostic& found =
        report.at(Place{0, fault.span}, "`" + fault.subject + "` is " + fault.detail + (whole ? ", not keys with texts" : ", not text"));
    if (empty) found.severity = Severity::warning;
    if (fault.subject == "configBlock" || fault.subject == "parameters") {  // values of the chart
      found.notes.push_back(fault.subject == "parameters" ? "the chart writes it with brackets, as `[a b]`, which no plugin reads"
                                                          : "the chart's template cannot print it: wrong type for value; expected string");
      found.help = fault.subject == "parameters" ? "write the words on one line, with blanks between them"
                                                 : "write `configBlock: |-`, and its lines below it without `- `";
      continue;
    }
    found.notes.push_back(empty ? "the key is left out, or is an empty text"
                                : "the API server takes only text under `data`, and refuses the ConfigMap");
    if (whole) {
      found.help = "take the `- ` away in front of the key";
      continue;
    }
    found.help = "write `" + fault.subject + ": |`, and the Corefile below it, indented";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::corefile_not_text
