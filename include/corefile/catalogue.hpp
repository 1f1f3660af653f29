// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <corefile/rule.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corefile {

/// An ordered set of rules. A value: embedders and tests build their own; builtin() is generated from rules/.
class Catalogue {
 public:
  struct Entry {
    const Rule* rule;
    std::string_view group;  ///< the folder under rules/
    std::string_view page;   ///< its Markdown
  };
  /// Sorts by name. Of rules with one name the first is kept; of the plugins that rules name the first 254 are. See problem().
  explicit Catalogue(std::vector<Entry> entries);
  static const Catalogue& builtin();

  std::span<const Entry> entries() const noexcept { return entries_; }
  const Entry* find(std::string_view name) const noexcept;
  /// What was left out of what the catalogue was made from, in words for its maker; empty: nothing.
  const std::string& problem() const noexcept { return problem_; }

 private:
  friend struct Walk;
  /// A rule, ready to be called for a Subject.
  template <typename Subject>
  struct Call {
    void (*check)(Subject, const Context&, Report&);
    const Rule* rule;
    Ground grounds;
    std::uint64_t plugins;  // Keyword::bit of each; 0: whatever stands there
  };
  /// The rules about one plugin's directives.
  struct PluginRules {
    Keyword plugin;
    std::vector<Call<Directive>> calls;
  };
  std::span<const Call<Directive>> rules_of(Keyword plugin) const noexcept {
    for (std::size_t at = plugin.hash() % slots; plugin_slots_[at] != 0; at = (at + 1) % slots) {
      const PluginRules& found = plugin_rules_[plugin_slots_[at] - 1U];
      if (found.plugin == plugin) return found.calls;
    }
    return {};
  }
  void add_plugin_rule(Keyword plugin, const Call<Directive>& call);

  static constexpr std::size_t slots = 256;
  std::vector<Entry> entries_;
  std::string problem_;
  std::vector<Call<const Config&>> config_rules_;
  std::vector<Call<ServerBlock>> block_rules_;
  std::vector<Call<const Manifest&>> manifest_rules_;
  std::vector<Call<Directive>> directive_rules_;
  std::vector<PluginRules> plugin_rules_;
  std::array<std::uint8_t, slots> plugin_slots_{};  // a hash table: 1 + an index of plugin_rules_, or 0
};

}  // namespace corefile
