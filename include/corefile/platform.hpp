// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// Those who install CoreDNS, and what they make of it: rules/platforms/*.yaml.
namespace corefile {

/// A label or an annotation, and how its value begins; empty: any.
struct PlatformMark {
  std::string_view key, value;
};
/// From this version of the platform on it brings this CoreDNS.
struct PlatformRelease {
  Release version, coredns;
};

/// A plugin that is built in from this version of the platform on.
struct PlatformPlugin {
  std::string_view plugin;
  Release version;
};

struct Platform {
  enum class Versions : std::uint8_t { kubernetes, kubeadm, coredns, own };
  enum class Custom : std::uint8_t { unknown, yes, no };

  std::string_view name;  ///< empty: a program that writes ConfigMaps on any platform
  std::string_view doc;
  Versions versions;                ///< what its versions are
  Custom custom;                    ///< its Corefile imports `coredns-custom`
  std::string_view owner, instead;  ///< who undoes changes of the ConfigMap, and what to do in place of one
  std::string_view base;            ///< what it installs as the Corefile, as far as it matters to those who add to it; empty: not known
  std::string_view config_map;      ///< what its ConfigMap is called, where only its own is called so
  bool token_added;                 ///< it mounts the account's token by itself
  std::span<const std::string_view> images;
  std::span<const PlatformMark> marks;
  std::span<const std::string_view> plugins;  ///< all that are built in; empty: those of CoreDNS
  std::span<const std::string_view> extra;    ///< external plugins that are built in
  std::span<const std::string_view> adds;     ///< keys of the ConfigMap that it writes while it runs
  std::span<const PlatformPlugin> later;      ///< those of `plugins` that earlier versions lack
  std::span<const PlatformRelease> releases;
};

/// Those with a name first.
std::span<const Platform> known_platforms() noexcept;
/// Null for unknown names.
const Platform* find_platform(std::string_view name) noexcept;

/// The CoreDNS that a version of the platform brings. `exact`: the platform says so itself; else it is the one that kubeadm installs with
/// that Kubernetes. None for unknown versions.
struct PlatformCoreDns {
  Release release;
  bool exact;
};
std::optional<PlatformCoreDns> coredns_of(const Platform& platform, std::string_view version);

}  // namespace corefile
