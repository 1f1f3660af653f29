// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/key.hpp>
#include <corefile/load.hpp>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "plugins/reader.hpp"

/// What is around plugins: keys, and listeners that server blocks share. core/dnsserver/register.go and address.go.
namespace corefile::plugins {

/// After so many reasons to refuse a text, no more are looked for.
inline constexpr std::size_t most_faults = 10'000;

/// A server block's keys as read.
struct Listener {
  std::vector<Key> keys;  ///< by key word

  /// All of them, in order.
  std::span<const std::string> zones() const noexcept { return keys.size() == 1 ? keys.front().zones : several_; }
  /// Once all keys are read.
  void join_zones();

 private:
  std::vector<std::string> several_;  // of several keys
};

/// One for each server block. Adds a fault for each key that is refused.
std::vector<Listener> read_keys(const Config& config, Release release, LoadVerdict& verdict);
/// What the setup of each block's plugins begins with. `listeners` and `patterns` must outlive it.
std::vector<BlockState> states_of(const Config& config, const std::vector<Listener>& listeners, Patterns& patterns, const Files* files);

/// unix:// came in 1.11.0; its keys have no port, and plugin.OriginsFromArgsOrServerBlock panicked on such until 1.12.4.
constexpr bool minds_zones_of_block(Release release) noexcept { return release >= Release{1, 11, 0} && release < Release{1, 13, 0}; }
/// What a plugin of such a release makes of server block keys that are no zones to it. `start` stands before the plugin's words.
void check_zones_of_block(const Reader& start);

/// Zones served twice on one listener (validateZonesAndListeningAddresses), and what else MakeServers refuses.
void check_listeners(const Config& config, Release release, const std::vector<Listener>& listeners, const std::vector<BlockState>& states,
                     LoadVerdict& verdict);

}  // namespace corefile::plugins
