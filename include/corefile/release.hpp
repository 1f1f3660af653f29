// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace corefile {

/// A release of CoreDNS.
struct Release {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  std::uint16_t patch = 0;
  constexpr auto operator<=>(const Release&) const = default;
};
std::string to_string(Release release);
/// `1.11.3`, `v1.11.3`, or `1.11` for the newest known 1.11.x. None for other texts.
std::optional<Release> parse_release(std::string_view text);

/// Releases whose behaviour is known, oldest first: 1.4.0 to the newest.
std::span<const Release> known_releases() noexcept;
Release newest_release() noexcept;
/// The release that kubeadm installs with a Kubernetes minor release (`1.31`, `v1.31.4`). None for unknown ones.
std::optional<Release> kubernetes_release(std::string_view kubernetes);
/// Kubernetes minor releases with a known CoreDNS release, oldest first, as `1.31`.
std::span<const std::string_view> known_kubernetes() noexcept;

}  // namespace corefile
