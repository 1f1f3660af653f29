// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "manifest/manifest.hpp"

namespace corefile::rules::configmap_owned {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind != ManifestFault::Kind::owned) continue;
    Diagnostic& found = report.at(Place{0, fault.span}, "this ConfigMap is managed by " + fault.subject + ", which puts it back");
    found.label = "says who manages it";
    found.notes.push_back("edits are undone when it writes the object again");
    found.help = fault.detail;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::configmap_owned
