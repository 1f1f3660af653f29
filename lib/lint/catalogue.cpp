// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/catalogue.hpp>
#include <stdexcept>
#include <string>

namespace corefile {

Catalogue::Catalogue(std::vector<Entry> entries) : entries_(std::move(entries)) {
  const auto by_name = [](const Entry& a, const Entry& b) { return a.rule->name < b.rule->name; };
  std::sort(entries_.begin(), entries_.end(), by_name);
  for (std::size_t i = 1; i < entries_.size(); ++i) {
    if (entries_[i - 1].rule->name == entries_[i].rule->name) {
      throw std::invalid_argument("two rules are named " + std::string(entries_[i].rule->name));
    }
  }
  for (const Entry& entry : entries_) {
    const Rule* rule = entry.rule;
    if (rule->check.index() == 0) {
      config_rules_.push_back(rule);
    } else if (rule->check.index() == 1) {
      block_rules_.push_back(rule);
    } else if (rule->check.index() == 3) {
      manifest_rules_.push_back(rule);
    } else if (rule->directives[0].empty()) {
      directive_rules_.push_back(rule);
    } else {
      for (const std::string_view plugin : rule->directives) {
        if (!plugin.empty()) plugin_rules_.emplace_back(Keyword(plugin), rule);
      }
    }
  }
  std::stable_sort(plugin_rules_.begin(), plugin_rules_.end(),
                   [](const auto& a, const auto& b) { return a.first.hash() < b.first.hash(); });
}

const Catalogue::Entry* Catalogue::find(std::string_view name) const noexcept {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), name,
                                      [](const Entry& entry, std::string_view wanted) { return entry.rule->name < wanted; });
  return found != entries_.end() && found->rule->name == name ? &*found : nullptr;
}

}  // namespace corefile
