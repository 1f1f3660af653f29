// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/plugin.hpp>
#include <corefile/release.hpp>
#include <corefile/resolve.hpp>
#include <span>

#include "plugins/schema.hpp"

/// What the schemas say that plugins are.
namespace corefile {

namespace plugins {

/// Null for `unknown`, and for plugins that left before the first release.
inline const Schema* schema_of(Plugin plugin) noexcept {
  const std::span<const Schema> own = builtin();
  const std::size_t index = static_cast<std::size_t>(plugin) - 1;
  return index < own.size() ? &own[index] : nullptr;
}

/// For each of builtin(), its place in the release's order of execution; no_rank where the release does not bring it.
inline constexpr std::uint8_t no_rank = 0xFF;
std::span<const std::uint8_t> ranks(Release release) noexcept;

}  // namespace plugins

namespace plugins {
/// By Plugin.
extern const std::array<Facts, plugin_count> facts_by_plugin;
}  // namespace plugins

inline const plugins::Facts& facts_of(Plugin plugin) noexcept { return plugins::facts_by_plugin[static_cast<std::size_t>(plugin)]; }

/// Of a plugin with these facts: those of its arguments that are zones.
std::span<const Word> zones_among(const plugins::Facts& facts, std::span<const Word> arguments) noexcept;

/// One that some release brings, or brought; others are external, or misspelled.
inline bool is_stock_plugin(Plugin plugin) noexcept { return plugin != Plugin::unknown; }
inline bool is_stock_plugin(std::string_view word) noexcept { return is_stock_plugin(parse_plugin(word)); }
/// Asks other servers.
inline bool is_forwarder(Plugin plugin) noexcept { return facts_of(plugin).queries == plugins::Queries::forwards; }
/// Answers out of data of its own or somebody else's.
inline bool is_backend(Plugin plugin) noexcept { return facts_of(plugin).queries >= plugins::Queries::answers; }

/// What the schemas say of a release: it brings the plugin; the plugin takes the property; it may stand only once in a server block.
bool brings(Release release, Plugin plugin) noexcept;
bool takes(Plugin plugin, std::string_view property, Release release) noexcept;
bool stands_once(Plugin plugin, Release release) noexcept;

/// Where a plugin stands in the order in which a query passes them, which is plugin.cfg's and never the file's; a smaller number is asked
/// first. -1: no query comes to it, or the release does not bring it. core/dnsserver/zdirectives.go of that release. O(log releases).
int chain_position(Plugin plugin, Release release) noexcept;

/// A plugin that no release brings stands in the block.
bool has_foreign_plugin(ServerBlock block) noexcept;

}  // namespace corefile
