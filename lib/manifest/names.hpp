// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/role.hpp>
#include <string_view>

/// What ConfigMaps are called, and what their keys mean.
namespace corefile::manifest_detail {

/// A ConfigMap by its name alone.
enum class Known : std::uint8_t {
  no,
  coredns,     ///< `coredns`, Linode's `coredns-base`, `dns-default`, a Helm release's `…-coredns`
  custom,      ///< `coredns-custom` and its like: holds what the cluster's Corefile imports
  node_local,  ///< `node-local-dns`
};
Known known_name(std::string_view name) noexcept;

/// A name that stands for one thing alone, whose ConfigMap is of no use without the key.
bool is_unmistakable(std::string_view name) noexcept;

/// Whether a key holds a Corefile, or a part of one, in such a ConfigMap.
bool is_corefile_key(Known known, std::string_view key) noexcept;
/// Which one; `name_space` is empty where the manifest leaves it out.
Role role_of(std::string_view name, std::string_view name_space, std::string_view key) noexcept;
/// Written as if it were to be `Corefile`.
bool is_near_miss(std::string_view key) noexcept;

}  // namespace corefile::manifest_detail
