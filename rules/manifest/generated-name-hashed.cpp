// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "manifest/manifest.hpp"

namespace corefile::rules::generated_name_hashed {
namespace {

bool is_mounted(const GeneratedMap& map, const Manifest& manifest) {
  return std::any_of(manifest.bundle.workloads.begin(), manifest.bundle.workloads.end(), [&](const Workload& workload) {
    return std::any_of(workload.volumes.begin(), workload.volumes.end(),
                       [&](const Volume& volume) { return volume.config_map == map.name.name; });
  });
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const GeneratedMap& map : manifest.bundle.generated) {
    if (!map.hashed || is_mounted(map, manifest)) continue;
    Diagnostic& found =
        report.at(Place{0, map.name.span}, "kustomize adds a hash to `" + map.name.name + "`, and the cluster reads no such ConfigMap");
    found.label = "becomes `" + map.name.name + "-…`";
    found.notes.push_back("CoreDNS's pods are not in this kustomization, and go on mounting `" + map.name.name +
                          "`; without it they start all the same");
    found.help = "write `generatorOptions: {disableNameSuffixHash: true}`";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::generated_name_hashed
