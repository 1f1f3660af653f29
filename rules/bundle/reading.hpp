// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <corefile/manifest.hpp>
#include <corefile/rule.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "lint/join.hpp"
#include "lint/zones.hpp"

/// What rules share that look at a Corefile and at what stands around it in its cluster.
namespace corefile::rules {

/// A Corefile with what is read out of it. Stays where it is.
struct Read {
  const Embedded* text;
  Config config;
  Place outer(const Place& place) const { return {0, text->outer(place.span)}; }
  Place outer(const Word& word) const { return outer(config.place(word)); }
  bool whole() const { return config.accepted() && !has_unresolved_import(config); }
};

/// The Corefiles of `wanted` roles; none that another program is still to write.
template <typename Wanted>
std::vector<Read> read_corefiles(const Manifest& manifest, Wanted wanted) {
  std::vector<Read> out;
  for (const Embedded& embedded : manifest.corefiles) {
    if (!embedded.templated && wanted(embedded)) out.push_back({&embedded, std::move(recover(parse(embedded.source)).meant)});
  }
  return out;
}
inline std::vector<Read> read_bases(const Manifest& manifest) {
  return read_corefiles(manifest, [](const Embedded& one) { return is_base(one) || one.role == Role::cluster; });
}

/// The pods that have this Corefile: those with a volume of its ConfigMap.
inline const Workload* workload_of(const Embedded& base, const Manifest& manifest) {
  for (const Workload& workload : manifest.bundle.workloads) {
    if (!same_space(workload.name.name_space, base.name_space) || base.name.empty()) continue;
    for (const Volume& volume : workload.volumes) {
      if (volume.config_map == base.name) return &workload;
    }
  }
  return nullptr;
}

/// The container that CoreDNS runs in.
inline const Container* container_of(const Workload& workload) {
  if (workload.containers.size() == 1) return &workload.containers.front();
  for (const Container& one : workload.containers) {
    if (one.name.find("dns") != std::string::npos && one.image.find("coredns") != std::string::npos) return &one;
  }
  return nullptr;
}

inline std::string shown_name(const ObjectName& name) {
  return fmt::format("{} `{}{}{}`", name.kind, name.name_space, name.name_space.empty() ? "" : "/", name.name);
}

}  // namespace corefile::rules
