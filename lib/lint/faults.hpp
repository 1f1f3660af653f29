// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>
#include <span>
#include <vector>

namespace corefile {

/// The faults of a LoadVerdict, to be found by their places: rules ask about every word of a file that may be all faults.
class FaultIndex {
 public:
  /// O((words + faults) · log faults); nothing for a file without faults. Both must outlive the index.
  FaultIndex(const Config& config, const LoadVerdict& verdict);

  /// The first thing that CoreDNS says of exactly this word; null if it takes it.
  const LoadFault* on(Place place) const noexcept;
  /// The first thing that it says of the block's keys and directives' names; null if it takes them.
  const LoadFault* in(ServerBlock block) const noexcept;
  /// What it says because the property takes the `}` behind it for an argument; null if it takes it.
  const LoadFault* because_of(const Word& brace, Property property) const noexcept;
  /// Another rule of group `load` tells the cause of this fault, which is one of the verdict's.
  bool is_consequence(const LoadFault& fault) const noexcept;

 private:
  std::size_t index(const LoadFault& fault) const noexcept;
  std::span<const LoadFault* const> all_on(Place place) const noexcept;
  void judge_arguments(const Config& config);
  void judge_braces(const Config& config);
  void judge_names(const Config& config);

  const LoadVerdict* verdict_;
  std::vector<const LoadFault*> by_place_;  ///< in the verdict's order where they share a place; the parser's are left out
  std::vector<bool> consequence_;           ///< in the verdict's order
};

/// The `}` that stands on the line of a property of `directive`, where only the end of the line ends its arguments; null if none does.
const Word* closing_brace_on(Directive directive, Property property) noexcept;

}  // namespace corefile
