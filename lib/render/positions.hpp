// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/line_index.hpp>
#include <corefile/lint.hpp>
#include <optional>
#include <vector>

namespace corefile::render {

/// A place as one of a text inside its file.
struct InnerPlace {
  const Embedded* text;
  Position at;
};

/// Lines and columns of an Analysis's places, which must outlive it. A text is indexed when it is first asked about: Source::position
/// alone would cost findings × size.
class Positions {
 public:
  explicit Positions(const Analysis& analysis);
  Position begin(const Place& place, Columns unit = Columns::utf32) const { return at(place.document, place.span.begin, unit); }
  Position end(const Place& place, Columns unit = Columns::utf32) const { return at(place.document, place.span.end, unit); }
  /// Where the place is one of a text in a manifest: which, and where in it.
  std::optional<InnerPlace> inner(const Place& place) const;
  /// Number of that text, in Analysis::embedded.
  std::optional<std::size_t> text_of(const Place& place) const noexcept;

 private:
  struct Extent {
    std::uint32_t begin, end;
    std::size_t text;
  };
  Position at(std::uint32_t document, std::uint32_t offset, Columns unit) const;

  const Analysis& analysis_;
  std::vector<Extent> extents_;  // of the embedded texts, in the file's order
  mutable std::vector<std::optional<LineIndex>> indices_;
  mutable std::vector<std::optional<LineIndex>> inner_indices_;
};

}  // namespace corefile::render
