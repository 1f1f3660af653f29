// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/catalogue.hpp>
#include <string>

namespace corefile {

Catalogue::Catalogue(std::vector<Entry> entries) : entries_(std::move(entries)) {
  const auto by_name = [](const Entry& a, const Entry& b) { return a.rule->name < b.rule->name; };
  std::stable_sort(entries_.begin(), entries_.end(), by_name);
  const auto same_name = [](const Entry& a, const Entry& b) { return a.rule->name == b.rule->name; };
  if (const auto twice = std::adjacent_find(entries_.begin(), entries_.end(), same_name); twice != entries_.end()) {
    problem_ = "two rules are named " + std::string(twice->rule->name);
    entries_.erase(std::unique(twice, entries_.end(), same_name), entries_.end());
  }
  for (const Entry& entry : entries_) {
    const Rule& rule = *entry.rule;
    std::vector<Keyword> plugins;
    std::uint64_t bits = 0;
    for (const std::string_view name : rule.directives) {
      if (name.empty()) continue;
      plugins.emplace_back(name);
      bits |= plugins.back().bit();
    }
    if (const auto* on_config = std::get_if<0>(&rule.check)) {
      config_rules_.push_back({*on_config, &rule, rule.grounds, bits});
    } else if (const auto* on_block = std::get_if<1>(&rule.check)) {
      block_rules_.push_back({*on_block, &rule, rule.grounds, bits});
    } else if (const auto* on_manifest = std::get_if<3>(&rule.check)) {
      manifest_rules_.push_back({*on_manifest, &rule, rule.grounds, bits});
    } else if (const auto* on_directive = std::get_if<2>(&rule.check)) {
      const Call<Directive> call{*on_directive, &rule, rule.grounds, bits};
      if (plugins.empty()) directive_rules_.push_back(call);
      for (const Keyword plugin : plugins) add_plugin_rule(plugin, call);
    }
  }
}

void Catalogue::add_plugin_rule(Keyword plugin, const Call<Directive>& call) {
  const auto known =
      std::find_if(plugin_rules_.begin(), plugin_rules_.end(), [plugin](const PluginRules& one) { return one.plugin == plugin; });
  if (known != plugin_rules_.end()) return known->calls.push_back(call);
  if (plugin_rules_.size() + 2 >= slots) {
    problem_ = "rules about too many plugins";
    return;
  }
  plugin_rules_.push_back({plugin, {call}});
  std::size_t at = plugin.hash() % slots;
  while (plugin_slots_[at] != 0) at = (at + 1) % slots;
  plugin_slots_[at] = static_cast<std::uint8_t>(plugin_rules_.size());
}

const Catalogue::Entry* Catalogue::find(std::string_view name) const noexcept {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), name,
                                      [](const Entry& entry, std::string_view wanted) { return entry.rule->name < wanted; });
  return found != entries_.end() && found->rule->name == name ? &*found : nullptr;
}

}  // namespace corefile
