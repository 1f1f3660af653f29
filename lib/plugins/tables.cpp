// SPDX-License-Identifier: Apache-2.0
// What is read out of the tables that rules/releases.yaml and rules/plugins/*.yaml are compiled to.
#include <algorithm>
#include <array>
#include <corefile/plugin.hpp>
#include <iterator>
#include <limits>

#include "base/short_text.hpp"
#include "plugins/changed.hpp"
#include "plugins/facts.hpp"
#include "plugins/go_releases.hpp"

namespace corefile {
namespace plugins {

#include "plugin_tables.inc"

namespace {

const Ordered& order_of(Release release) noexcept {
  const auto* const after = std::upper_bound(std::begin(orders), std::end(orders), release,
                                             [](Release wanted, const Ordered& ordered) { return wanted < ordered.release; });
  return after == std::begin(orders) ? *after : *(after - 1);
}

// A hash table of the names, made by the compiler: indices in `names`, 0 where nothing stands.
using Slots = std::array<std::uint8_t, 256>;
/// Where to look first. The factors keep today's names apart; others would do.
constexpr std::uint8_t slot_of(std::string_view name) noexcept {
  if (name.empty()) return 0;
  const auto byte = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c)); };
  return static_cast<std::uint8_t>(name.size() * 17 + byte(name.front()) * 125 + byte(name.back()) * 38);
}
consteval Slots make_slots() {
  Slots slots{};
  for (std::size_t i = 1; i < std::size(names); ++i) {
    std::uint8_t at = slot_of(names[i]);
    while (slots[at] != 0) ++at;
    slots[at] = static_cast<std::uint8_t>(i);
  }
  return slots;
}
constexpr Slots name_slots = make_slots();

consteval std::array<Facts, plugin_count> make_facts() {
  std::array<Facts, plugin_count> made{};
  for (std::size_t i = 0; i < std::size(own_plugins); ++i) made[i + 1] = own_plugins[i].facts;
  return made;
}

}  // namespace

constinit const std::array<Facts, plugin_count> facts_by_plugin = make_facts();

std::span<const ChangedDefault> changed_defaults() noexcept { return defaults; }

std::span<const Schema> builtin() noexcept { return own_plugins; }
std::span<const Schema> externals() noexcept { return external_schemas; }
std::span<const std::uint8_t> execution_order(Release release) noexcept { return order_of(release).plugins; }
std::span<const std::uint8_t> ranks(Release release) noexcept { return order_of(release).ranks; }
GoReleases go_releases(Release release) noexcept {
  const Release* const after = std::upper_bound(std::begin(releases), std::end(releases), release);
  return built[after == std::begin(releases) ? 0 : after - std::begin(releases) - 1];
}
std::span<const std::pair<std::string_view, Setup>> plugin_setups() noexcept { return plugin_setup_table; }
std::span<const std::pair<std::string_view, Setup>> property_setups() noexcept { return property_setup_table; }
std::span<const std::pair<std::string_view, ValueCheck>> checks() noexcept { return check_table; }

}  // namespace plugins

std::string_view to_string(Plugin plugin) noexcept { return plugins::names[static_cast<std::size_t>(plugin)]; }

Plugin parse_plugin(std::string_view name) noexcept {
  for (std::uint8_t at = plugins::slot_of(name); plugins::name_slots[at] != 0; ++at) {
    if (short_text::same(plugins::names[plugins::name_slots[at]], name)) return static_cast<Plugin>(plugins::name_slots[at]);
  }
  return Plugin::unknown;
}

std::span<const Release> known_releases() noexcept { return plugins::releases; }
std::span<const std::string_view> known_kubernetes() noexcept { return plugins::minors; }
std::span<const Release> kubernetes_releases() noexcept { return plugins::minor_releases; }

}  // namespace corefile
