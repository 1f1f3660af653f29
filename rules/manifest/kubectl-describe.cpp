// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "manifest/manifest.hpp"

namespace corefile::rules::kubectl_describe {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind != ManifestFault::Kind::described) continue;
    Diagnostic& found = report.at(Place{0, fault.span}, "this is the output of `kubectl describe`, which is made for reading");
    found.notes.push_back("the Corefile in it was checked; it cannot be applied, and no fixes are offered");
    found.help = "for a file to edit: `kubectl -n kube-system get configmap coredns -o yaml`";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::kubectl_describe
