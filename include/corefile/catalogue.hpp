// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corefile {

/// An ordered set of rules. A value, of which copies share most; embedders and tests build their own; builtin() is generated from rules/.
class Catalogue {
 public:
  /// A rule and what it is called by. What the views and the pointer name must outlive the catalogue and what is found with it.
  struct Entry {
    std::string_view name;   ///< the file's stem
    std::string_view group;  ///< the folder under rules/
    std::string_view page;   ///< its Markdown
    const Rule* rule;
    /// The page's first paragraph; without one, the name.
    std::string_view summary() const noexcept;
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
  struct Index;  // what is asked about what
  struct Ordered {};
  /// Of entries that outlive it, in order of their names, which are unlike.
  Catalogue(std::span<const Entry> entries, Ordered);

  std::span<const Entry> entries_;
  std::string problem_;
  std::shared_ptr<const Index> index_;
};

}  // namespace corefile
