// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/manifest.hpp>
#include <corefile/rule.hpp>
#include <string>

namespace corefile::rules::manifest_object_twice {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind != ManifestFault::Kind::object_twice) continue;
    const std::size_t name = std::min(fault.object.find(' ') + 1, fault.object.size());
    Diagnostic& found =
        report.at(Place{0, fault.span}, fault.object.substr(0, name) + "`" + fault.object.substr(name) + "` stands twice in this file");
    found.label = "this one counts";
    found.labels.push_back({{0, fault.related}, "and takes the place of this one"});
    found.notes.push_back("`kubectl apply` writes one after the other, so that nothing of the first is left; kustomize refuses the file");
    found.help = "put the keys of both into one object";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning};

}  // namespace corefile::rules::manifest_object_twice
