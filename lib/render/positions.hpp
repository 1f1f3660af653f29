// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/line_index.hpp>
#include <corefile/lint.hpp>
#include <optional>
#include <vector>

namespace corefile::render {

/// Lines and columns of an Analysis's places, which must outlive it. A source is indexed when it is first asked about: Source::position
/// alone would cost findings × size.
class Positions {
 public:
  explicit Positions(const Analysis& analysis);
  Position begin(const Place& place) const { return at(place.document, place.span.begin); }
  Position end(const Place& place) const { return at(place.document, place.span.end); }

 private:
  Position at(std::uint32_t document, std::uint32_t offset) const;
  const Analysis& analysis_;
  mutable std::vector<std::optional<LineIndex>> indices_;
};

}  // namespace corefile::render
