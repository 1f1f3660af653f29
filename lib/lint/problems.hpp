// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>
#include <span>
#include <unordered_set>
#include <vector>

namespace corefile {

/// What a release says of a Corefile, to be found by its place, and which of it some finding explains: of findings with one cause the one
/// that names the cause speaks. Rules ask about every word of a file that may be all problems.
class Problems {
 public:
  /// O(problems · log problems). The verdict must outlive it.
  explicit Problems(const LoadVerdict& verdict);

  /// What setup says of exactly this word, in its order; the parser's problems are left out.
  std::span<const Problem* const> all_on(Place place) const noexcept;
  /// The first of them; null if CoreDNS takes the word.
  const Problem* on(Place place) const noexcept;
  /// Of the names of the block, its keys and its directives', the first; null if it takes them.
  const Problem* in(ServerBlock block) const noexcept;
  /// Nothing is said by setup.
  bool empty() const noexcept { return by_place_.empty(); }

  /// Some finding tells it.
  void explain(const Problem& problem) { explained_.insert(&problem); }
  /// All that is said of this word, and of more than it.
  void explain(Place place);
  /// All that is said of the block's names.
  void explain(ServerBlock block);
  /// Once no more is explained: whether nobody told it. O(log explained places).
  bool left(const Problem& problem);

 private:
  std::vector<const Problem*> by_place_;  ///< in the verdict's order where they share a place
  std::unordered_set<const Problem*> explained_;
  std::vector<Place> places_;  ///< explained
  bool sorted_ = true;
};

/// The check of a rule that puts a kind of problem before the reader as it is.
void report_problem(const Problem& problem, const Context& context, Report& report);

/// The problem is about a key or a directive's name.
bool is_about_names(const Problem& problem) noexcept;
/// An unknown directive that looks like a zone.
bool is_zone_as_directive(const Problem& problem) noexcept;

}  // namespace corefile
