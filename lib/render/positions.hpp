// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <utility>
#include <vector>

namespace corefile::render {

/// Line and column of every offset an Analysis mentions, found in one pass over each source: Source::position alone would
/// cost findings × size.
class Positions {
 public:
  explicit Positions(const Analysis& analysis);
  Position begin(const Place& place) const noexcept { return at(place.document, place.span.begin); }
  Position end(const Place& place) const noexcept { return at(place.document, place.span.end); }

 private:
  using Point = std::pair<std::uint32_t, std::uint32_t>;  // document, offset
  Position at(std::uint32_t document, std::uint32_t offset) const noexcept;
  std::vector<Point> points_;
  std::vector<Position> found_;
};

}  // namespace corefile::render
