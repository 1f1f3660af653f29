// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/platform.hpp>
#include <string>

#include "lint/join.hpp"
#include "lint/manifests.hpp"

namespace corefile {
namespace {

bool has_mark(const LabelMap& labels, const PlatformMark& mark) {
  const auto found = labels.find(mark.key);
  return found != labels.end() && found->second.starts_with(mark.value);
}

}  // namespace

const Platform* find_platform(std::string_view name) noexcept {
  const auto all = known_platforms();
  const auto found = std::find_if(all.begin(), all.end(), [name](const Platform& one) { return !name.empty() && one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::optional<PlatformCoreDns> coredns_of(const Platform& platform, std::string_view version) {
  switch (platform.versions) {
    case Platform::Versions::coredns: {
      const auto release = release_of_image(version);
      return release ? std::optional(PlatformCoreDns{*release, true}) : std::nullopt;
    }
    case Platform::Versions::own: {
      const auto own = release_of_image(version);
      std::optional<PlatformCoreDns> out;
      for (const PlatformRelease& one : platform.releases) {
        if (own && one.version <= *own) out = {one.coredns, true};
      }
      return out;
    }
    case Platform::Versions::kubernetes:
    case Platform::Versions::kubeadm: {
      const auto release = kubernetes_release(version);
      return release ? std::optional(PlatformCoreDns{*release, platform.versions == Platform::Versions::kubeadm}) : std::nullopt;
    }
  }
  return {};
}

const Platform* platform_of(const Manifest& manifest) noexcept {
  const Platform* found = nullptr;
  bool several = false;
  const auto take = [&](const Platform* platform) {
    several = several || (found != nullptr && found != platform);
    found = platform;
  };
  for (const Embedded& one : manifest.corefiles) {
    if (one.platform != nullptr) take(one.platform);
  }
  for (const Workload& workload : manifest.bundle.workloads) {
    for (const Container& container : workload.containers) {
      const std::string_view name = image_name(container.image.text);
      if (!is_coredns_image(name)) continue;
      for (const Platform& platform : known_platforms()) {
        const auto ends = [name](std::string_view image) { return name.ends_with(image); };
        const auto marks = [&](const PlatformMark& mark) {
          return has_mark(workload.labels, mark) || has_mark(workload.annotations, mark);
        };
        const bool is = std::any_of(platform.images.begin(), platform.images.end(), ends) ||
                        (!platform.name.empty() && std::any_of(platform.marks.begin(), platform.marks.end(), marks));
        if (is) take(&platform);
      }
    }
  }
  return several ? nullptr : found;
}

}  // namespace corefile
