// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/detail/enum_set.hpp>
#include <corefile/plugin_ids.hpp>
#include <string_view>

/// CoreDNS's plugins by name. `plugin_ids.hpp` is generated from rules/plugins/ and rules/releases.yaml: `enum class Plugin` has an
/// enumerator for each plugin that a release from 1.4.0 on brings and for former ones that still stand in files, and `unknown` for all
/// others, external ones among them. What is a keyword of C++ has an underscore behind it: `Plugin::template_`.
namespace corefile {

/// The name as it stands in a Corefile; empty for `unknown`. O(1).
std::string_view to_string(Plugin plugin) noexcept;
/// `unknown` for names that no release has. O(1).
Plugin parse_plugin(std::string_view name) noexcept;

using PluginSet = detail::EnumSet<Plugin, plugin_count>;

}  // namespace corefile
