// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "manifest/manifest.hpp"

namespace corefile::rules::manifest_duplicate_key {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind != ManifestFault::Kind::duplicate_key) continue;
    Diagnostic& found = report.at(Place{0, fault.span}, "`" + fault.subject + "` stands twice");
    found.label = "this one counts";
    found.labels.push_back({{0, fault.related}, "this one is lost"});
    found.notes.push_back("kubectl keeps the last one without a word; kustomize refuses the file");
    found.help = "keep one of them";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning};

}  // namespace corefile::rules::manifest_duplicate_key
