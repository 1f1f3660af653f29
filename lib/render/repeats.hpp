// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace corefile::render {

/// Findings in the same words about the same words in several files or objects: told once, with the other places.
class Repeats {
 public:
  explicit Repeats(const std::vector<Analysis>& analyses);
  /// The finding is one of the other places of another.
  bool again(std::size_t analysis, std::size_t finding) const;
  /// The first of the other places, as they are shown.
  std::vector<std::string> places(std::size_t analysis, std::size_t finding) const;
  /// How many more there are.
  std::size_t further(std::size_t analysis, std::size_t finding) const;

 private:
  struct Group {
    std::pair<std::size_t, std::size_t> first{};  // analysis, finding
    std::vector<std::string> places{};
    std::size_t all = 0;
  };
  const Group* group(std::size_t analysis, std::size_t finding) const;

  std::vector<Group> groups_;
  std::vector<std::vector<std::size_t>> group_of_;  // by analysis, finding; empty: nothing is told again
  std::vector<std::vector<bool>> again_;
};

}  // namespace corefile::render
