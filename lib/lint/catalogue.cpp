// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/catalogue.hpp>
#include <string>

#include "lint/catalogue_index.hpp"

namespace corefile {

std::string_view Catalogue::Entry::summary() const noexcept {
  std::string_view rest = page;
  while (!rest.empty() && (rest.front() == '#' || rest.front() == '\n')) rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
  const std::string_view paragraph = rest.substr(0, rest.find("\n\n"));
  const std::size_t last = paragraph.find_last_not_of('\n');
  return last == std::string_view::npos ? name : paragraph.substr(0, last + 1);
}

Catalogue::Catalogue(std::vector<Entry> entries) : entries_(std::move(entries)) {
  const auto by_name = [](const Entry& a, const Entry& b) { return a.name < b.name; };
  // Those of the builtin one are in order.
  if (!std::is_sorted(entries_.begin(), entries_.end(), by_name)) std::stable_sort(entries_.begin(), entries_.end(), by_name);
  const auto same_name = [](const Entry& a, const Entry& b) { return a.name == b.name; };
  if (const auto twice = std::adjacent_find(entries_.begin(), entries_.end(), same_name); twice != entries_.end()) {
    problem_ = "two rules are named " + std::string(twice->name);
    entries_.erase(std::unique(twice, entries_.end(), same_name), entries_.end());
  }
  const auto index = std::make_shared<Index>();
  for (std::size_t i = 0; i < entries_.size(); ++i) index->add(entries_[i], static_cast<std::uint16_t>(i));
  index_ = index;
}

void Catalogue::Index::add(const Entry& entry, std::uint16_t index) {
  const Rule& rule = *entry.rule;
  const auto call = [&]<typename Subject, typename To>(void (*check)(Subject, const Context&, To&)) {
    return Call<Subject, To>{check, &rule, entry.name, index, rule.needs, rule.directives, rule.problems};
  };
  if (const auto* on_config = std::get_if<0>(&rule.check)) {
    config_rules.push_back(call(*on_config));
  } else if (const auto* on_block = std::get_if<1>(&rule.check)) {
    block_rules.push_back(call(*on_block));
  } else if (const auto* on_directive = std::get_if<2>(&rule.check)) {
    if (rule.directives.empty()) return directive_rules.push_back(call(*on_directive));
    rule.directives.each([&](Plugin plugin) {
      auto& rules = plugin_rules[static_cast<std::size_t>(plugin)];
      if (rules.empty()) rules.reserve(8);  // few have more
      rules.push_back(call(*on_directive));
    });
  } else if (const auto* on_manifest = std::get_if<3>(&rule.check)) {
    manifest_rules.push_back(call(*on_manifest));
  } else if (const auto* on_problem = std::get_if<4>(&rule.check)) {
    problem_rules.push_back(call(*on_problem));
  } else if (const auto* on_suppression = std::get_if<5>(&rule.check)) {
    suppression_rules.push_back(call(*on_suppression));
  }
}

const Catalogue::Entry* Catalogue::find(std::string_view name) const noexcept {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), name,
                                      [](const Entry& entry, std::string_view wanted) { return entry.name < wanted; });
  return found != entries_.end() && found->name == name ? &*found : nullptr;
}

}  // namespace corefile
