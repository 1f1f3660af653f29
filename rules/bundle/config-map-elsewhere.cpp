// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::config_map_elsewhere {
namespace {

/// Pods of the ConfigMap's own namespace have it: it is another CoreDNS's.
bool is_in_use(const Embedded& one, const Manifest& manifest) {
  for (const Workload& workload : manifest.bundle.workloads) {
    if (!same_space(workload.name.name_space, one.name_space)) continue;
    if (std::any_of(workload.volumes.begin(), workload.volumes.end(), [&](const Volume& volume) { return volume.config_map == one.name; }))
      return true;
  }
  return false;
}

void check_volume(const Workload& workload, const Volume& volume, const Manifest& manifest, ManifestReport& report) {
  const std::string& own = workload.name.name_space;
  const Embedded* other = nullptr;
  for (const Embedded& one : manifest.corefiles) {
    if (one.name != volume.config_map) continue;
    if (same_space(one.name_space, own) || one.rendered || is_in_use(one, manifest)) return;
    other = &one;
  }
  if (other == nullptr) return;
  Diagnostic& found = report.at({0, volume.span}, fmt::format("this volume's ConfigMap is looked for in `{}`", own));
  found.labels.push_back({{0, other->key_span}, fmt::format("this one is in `{}`", other->name_space)});
  found.notes.push_back("pods have volumes of ConfigMaps of their own namespace alone; without one they do not start");
  found.help = fmt::format("write `namespace: {}` for the ConfigMap", own);
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const Workload& workload : manifest.bundle.workloads) {
    const auto runs_it = [](const Container& container) { return is_coredns_image(container.image.text); };
    if (workload.name.name_space.empty() || std::none_of(workload.containers.begin(), workload.containers.end(), runs_it)) continue;
    for (const Volume& volume : workload.volumes) {
      if (!volume.config_map.empty() && !volume.optional) check_volume(workload, volume, manifest, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::config_map_elsewhere
