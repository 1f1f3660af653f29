// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace corefile {

/// What the text is to a cluster. Decides which rules speak.
enum class Role : std::uint8_t {
  standalone,       ///< a Corefile on its own
  cluster,          ///< `Corefile` of the cluster's own ConfigMap (coredns, dns-default, …)
  other_configmap,  ///< `Corefile` of a ConfigMap that may or may not be the cluster's
  node_local,       ///< node-local-dns
  custom_server,    ///< `*.server`: server blocks that the cluster's Corefile imports
  custom_override   ///< `*.override`: lines that its `.:53` block imports
};

/// What a text under this key is to its cluster, in a ConfigMap of this name; `name_space` is empty where it is not known.
Role role_in_configmap(std::string_view name, std::string_view name_space, std::string_view key) noexcept;

}  // namespace corefile
