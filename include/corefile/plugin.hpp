// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <corefile/plugin_ids.hpp>
#include <corefile/release.hpp>
#include <cstdint>
#include <initializer_list>
#include <string_view>

/// CoreDNS's plugins by name. `plugin_ids.hpp` is generated from rules/plugins/ and rules/releases.yaml: `enum class Plugin` has an
/// enumerator for each plugin that a release from 1.4.0 on brings and for former ones that still stand in files, and `unknown` for all
/// others, external ones among them. What is a keyword of C++ has an underscore behind it: `Plugin::template_`.
namespace corefile {

/// The name as it stands in a Corefile; empty for `unknown`. O(1).
std::string_view to_string(Plugin plugin) noexcept;
/// `unknown` for names that no release has. O(1).
Plugin parse_plugin(std::string_view name) noexcept;

/// Where a plugin stands in the order in which a query passes them, which is plugin.cfg's and never the file's; a smaller number is asked
/// first. -1: no query comes to it, or the release does not bring it. core/dnsserver/zdirectives.go of that release. O(log releases).
int chain_position(Plugin plugin, Release release) noexcept;

/// A set of plugins, as a value of 16 bytes; every operation is O(1).
class PluginSet {
 public:
  constexpr PluginSet() = default;
  constexpr PluginSet(std::initializer_list<Plugin> plugins) noexcept {
    for (const Plugin plugin : plugins) add(plugin);
  }
  constexpr void add(Plugin plugin) noexcept { word(plugin) |= bit(plugin); }
  constexpr bool has(Plugin plugin) const noexcept { return (words_[index(plugin)] & bit(plugin)) != 0; }
  constexpr bool empty() const noexcept { return (words_[0] | words_[1]) == 0; }
  /// Some plugin is in both.
  constexpr bool meets(const PluginSet& other) const noexcept {
    return ((words_[0] & other.words_[0]) | (words_[1] & other.words_[1])) != 0;
  }
  /// Calls `see(plugin)` for each. O(plugins in it).
  template <typename See>
  constexpr void each(See see) const {
    for (std::size_t i = 0; i < 2; ++i) {
      for (std::uint64_t left = words_[i]; left != 0; left &= left - 1) {
        see(static_cast<Plugin>(i * 64 + static_cast<std::size_t>(std::countr_zero(left))));
      }
    }
  }
  constexpr bool operator==(const PluginSet&) const = default;

 private:
  static_assert(plugin_count <= 128);
  static constexpr std::size_t index(Plugin plugin) noexcept { return static_cast<std::size_t>(plugin) / 64; }
  static constexpr std::uint64_t bit(Plugin plugin) noexcept { return std::uint64_t{1} << (static_cast<std::size_t>(plugin) % 64); }
  constexpr std::uint64_t& word(Plugin plugin) noexcept { return words_[index(plugin)]; }

  std::uint64_t words_[2]{};
};

}  // namespace corefile
