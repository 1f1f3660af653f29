// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace corefile {

/// A release of CoreDNS.
struct Release {
 private:
  // The bytes of all four are, on most machines, one number by which releases are compared.
  [[maybe_unused]] std::uint16_t zero_ = 0;

 public:
  std::uint16_t patch = 0;
  std::uint16_t minor = 0;
  std::uint16_t major = 0;

  constexpr Release() noexcept = default;
  constexpr Release(std::uint16_t first, std::uint16_t second, std::uint16_t third) noexcept : patch(third), minor(second), major(first) {}
  constexpr bool operator==(const Release& other) const noexcept { return order() == other.order(); }
  constexpr auto operator<=>(const Release& other) const noexcept { return order() <=> other.order(); }

 private:
  constexpr std::uint64_t order() const noexcept {
    if constexpr (std::endian::native == std::endian::little) return std::bit_cast<std::uint64_t>(*this);
    return std::uint64_t{major} << 48U | std::uint64_t{minor} << 32U | std::uint64_t{patch} << 16U;
  }
};
std::string to_string(Release release);
/// `1.11.3`, `v1.11.3`, or `1.11` for the newest known 1.11.x. None for other texts.
std::optional<Release> parse_release(std::string_view text);
/// The release in an image's tag or reference, whoever built it: 1.11.3 of `v1.11.3-eksbuild.4` and
/// `registry.example:5000/coredns:v1.11.3.2@sha256:…`; of two numbers the newest known release, or patch 0 where none is. None for
/// other texts. The release need not be a known one. O(text).
std::optional<Release> release_of_image(std::string_view image);

/// Releases whose behaviour is known, oldest first: 1.4.0 to the newest.
std::span<const Release> known_releases() noexcept;
Release newest_release() noexcept;
/// The minor release in what a Kubernetes server calls itself, whoever built it: `1.31` of `v1.31.4-eks-abc123` and `1.31.4+k3s1`. Empty
/// for other texts. O(text).
std::string_view kubernetes_minor(std::string_view version) noexcept;
/// The release that kubeadm installs with that Kubernetes release. None for unknown ones, and for other texts.
std::optional<Release> kubernetes_release(std::string_view kubernetes);
/// Kubernetes minor releases with a known CoreDNS release, oldest first, as `1.31`.
std::span<const std::string_view> known_kubernetes() noexcept;
/// Their CoreDNS releases, in the same order.
std::span<const Release> kubernetes_releases() noexcept;

}  // namespace corefile
