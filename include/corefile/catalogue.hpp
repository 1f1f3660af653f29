// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>
#include <span>
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
  /// Sorts by name. Throws std::invalid_argument on a name that stands twice.
  explicit Catalogue(std::vector<Entry> entries);
  static const Catalogue& builtin();

  std::span<const Entry> entries() const noexcept { return entries_; }
  const Entry* find(std::string_view name) const noexcept;

 private:
  friend struct Walk;
  std::vector<Entry> entries_;
  std::vector<const Rule*> config_rules_, block_rules_, manifest_rules_, directive_rules_;
  std::vector<std::pair<Keyword, const Rule*>> plugin_rules_;  // by the hash of the plugin
};

}  // namespace corefile
