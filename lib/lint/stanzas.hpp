// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/config.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "lint/cache.hpp"
#include "lint/name_rule.hpp"
#include "lint/template.hpp"

namespace corefile {

/// What several rules read out of a directive's words, each read once; the Config must outlive it. O(words) to make, O(1) to ask.
class Stanzas {
 public:
  explicit Stanzas(const Config& config);
  /// Of a `cache`.
  const CacheSettings& cache(Directive directive) const noexcept { return caches_[at_[directive.index]]; }
  /// Of a `template`.
  const Template& template_of(Directive directive) const noexcept { return templates_[at_[directive.index]]; }
  /// Of a `rewrite`; none of one for something else than names.
  const std::optional<NameRule>& name_rule(Directive directive) const noexcept { return name_rules_[at_[directive.index]]; }

 private:
  std::vector<std::uint32_t> at_;  // by directive
  std::vector<CacheSettings> caches_;
  std::vector<Template> templates_;
  std::vector<std::optional<NameRule>> name_rules_;
};

/// Calls `look(word)` for each pattern that names have to fit: a `match` of `template` that has no other beside it, a `rewrite name regex`.
template <typename Look>
void each_name_pattern(Directive directive, const Stanzas& stanzas, Look look) {
  if (directive.is(Plugin::template_)) {
    for (const Property line : directive.properties()) {
      if (line.name() == "match" && line.arguments().size() == 1) look(line.arguments().front());
    }
    return;
  }
  const auto& rule = stanzas.name_rule(directive);
  if (rule && rule->match == NameRule::Match::regex) look(*rule->from);
}

}  // namespace corefile
