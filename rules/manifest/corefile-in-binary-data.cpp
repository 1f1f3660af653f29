// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "manifest/manifest.hpp"

namespace corefile::rules::corefile_in_binary_data {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind != ManifestFault::Kind::binary_data) continue;
    Diagnostic& found = report.at(Place{0, fault.span}, "`" + fault.subject + "` is given as base64");
    found.label = "not checked";
    found.notes.push_back("CoreDNS reads it all the same, but nobody can see in a review what changes");
    found.help = "put it under `data`, as text";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning};

}  // namespace corefile::rules::corefile_in_binary_data
