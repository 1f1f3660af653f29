// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/catalogue.hpp>
#include <string>
#include <utility>

#include "lint/catalogue_index.hpp"

namespace corefile {

std::string_view Catalogue::Entry::summary() const noexcept {
  std::string_view rest = page;
  while (!rest.empty() && (rest.front() == '#' || rest.front() == '\n')) rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
  const std::string_view paragraph = rest.substr(0, rest.find("\n\n"));
  const std::size_t last = paragraph.find_last_not_of('\n');
  return last == std::string_view::npos ? name : paragraph.substr(0, last + 1);
}

Catalogue::Catalogue(std::vector<Entry> entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  const auto same_name = [](const Entry& a, const Entry& b) { return a.name == b.name; };
  if (const auto twice = std::adjacent_find(entries.begin(), entries.end(), same_name); twice != entries.end()) {
    problem_ = "two rules are named " + std::string(twice->name);
    entries.erase(std::unique(twice, entries.end(), same_name), entries.end());
  }
  const auto index = std::make_shared<Index>();
  index->own = std::move(entries);
  index->fill(index->own);
  entries_ = index->own;
  index_ = index;
}

Catalogue::Catalogue(std::span<const Entry> entries, Ordered) : entries_(entries) {
  const auto index = std::make_shared<Index>();
  index->fill(entries);
  index_ = index;
}

void Catalogue::Index::fill(std::span<const Entry> entries) {
  std::array<std::size_t, 6> kinds{};
  std::array<std::uint16_t, plugin_count> of_plugin{};
  for (const Entry& entry : entries) {
    ++kinds[entry.rule->check.index()];
    if (entry.rule->check.index() == 2) entry.rule->directives.each([&](Plugin plugin) { ++of_plugin[static_cast<std::size_t>(plugin)]; });
  }
  config_rules.reserve(kinds[0]);
  block_rules.reserve(kinds[1]);
  manifest_rules.reserve(kinds[3]);
  problem_rules.reserve(kinds[4]);
  suppression_rules.reserve(kinds[5]);
  for (std::size_t i = 0; i < plugin_count; ++i) plugin_begins[i + 1] = static_cast<std::uint16_t>(plugin_begins[i] + of_plugin[i]);
  plugin_rules.resize(plugin_begins.back());
  std::array<std::uint16_t, plugin_count> next{};
  std::copy_n(plugin_begins.begin(), plugin_count, next.begin());
  for (std::size_t i = 0; i < entries.size(); ++i) add(entries[i], static_cast<std::uint16_t>(i), next);
}

void Catalogue::Index::add(const Entry& entry, std::uint16_t index, std::span<std::uint16_t> next) {
  const Rule& rule = *entry.rule;
  const auto call = [&]<typename Subject, typename To>(void (*check)(Subject, const Context&, To&)) {
    const std::uint64_t lines = rule.lines.bits() == 0 ? any_line : rule.lines.bits();
    return Call<Subject, To>{check, &rule, entry.name, lines, rule.needs == Precondition::none ? always : rule.needs, index};
  };
  if (const auto* on_config = std::get_if<0>(&rule.check)) {
    config_rules.push_back({call(*on_config), rule.directives});
  } else if (const auto* on_block = std::get_if<1>(&rule.check)) {
    block_rules.push_back({call(*on_block), rule.directives});
  } else if (const auto* on_directive = std::get_if<2>(&rule.check)) {
    if (rule.directives.empty()) return add(call(*on_directive));
    rule.directives.each([&](Plugin plugin) { plugin_rules[next[static_cast<std::size_t>(plugin)]++] = call(*on_directive); });
  } else if (const auto* on_manifest = std::get_if<3>(&rule.check)) {
    manifest_rules.push_back(call(*on_manifest));
  } else if (const auto* on_problem = std::get_if<4>(&rule.check)) {
    problem_rules.push_back({call(*on_problem), rule.problems});
  } else if (const auto* on_suppression = std::get_if<5>(&rule.check)) {
    suppression_rules.push_back(call(*on_suppression));
  }
}

void Catalogue::Index::add(const Call<Directive>& call) {
  directive_rules.push_back(call);
  if (call.needs == always) {
    directive_rules_want |= call.lines;
  } else {
    directive_rules_need = directive_rules_need | call.needs;
  }
}

const Catalogue::Entry* Catalogue::find(std::string_view name) const noexcept {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), name,
                                      [](const Entry& entry, std::string_view wanted) { return entry.name < wanted; });
  return found != entries_.end() && found->name == name ? &*found : nullptr;
}

}  // namespace corefile
