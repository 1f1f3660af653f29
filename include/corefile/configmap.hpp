// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/role.hpp>
#include <string_view>

namespace corefile {

/// What a text under this key is to its cluster, in a ConfigMap of this name; `name_space` is empty where it is not known.
Role role_in_configmap(std::string_view name, std::string_view name_space, std::string_view key) noexcept;

}  // namespace corefile
