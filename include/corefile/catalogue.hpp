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
  /// Sorts by name. Of rules with one name the first is kept. See problem().
  explicit Catalogue(std::vector<Entry> entries);
  static const Catalogue& builtin();

  std::span<const Entry> entries() const noexcept { return entries_; }
  const Entry* find(std::string_view name) const noexcept;
  /// What was left out of what the catalogue was made from, in words for its maker; empty: nothing.
  const std::string& problem() const noexcept { return problem_; }

 private:
  friend struct Walk;
  /// A rule, ready to be called for a Subject.
  template <typename Subject, typename To = Report>
  struct Call {
    void (*check)(Subject, const Context&, To&);
    const Rule* rule;
    std::uint16_t entry;
    Precondition needs;
    PluginSet plugins;      // none: whatever stands there
    ProblemKinds problems;  // of a Problem check
  };
  void add(std::uint16_t index);
  std::span<const Call<Directive>> rules_of(Plugin plugin) const noexcept { return plugin_rules_[static_cast<std::size_t>(plugin)]; }

  std::vector<Entry> entries_;
  std::string problem_;
  std::vector<Call<const Config&>> config_rules_;
  std::vector<Call<const Problem&>> problem_rules_;
  std::vector<Call<ServerBlock>> block_rules_;
  std::vector<Call<const Manifest&, ManifestReport>> manifest_rules_;
  std::vector<Call<const Suppression&, ManifestReport>> suppression_rules_;
  std::vector<Call<Directive>> directive_rules_;
  std::array<std::vector<Call<Directive>>, plugin_count> plugin_rules_;  // by Plugin
};

}  // namespace corefile
