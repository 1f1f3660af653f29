// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <string>
#include <vector>

namespace corefile::render {

/// One line of a source as it is shown: controls made visible, tabs as four spaces, cut around `focus` where it is wider
/// than `width` columns (0: never). Looks at no more of a long line than it shows.
class Excerpt {
 public:
  Excerpt(const Source& source, Span focus, std::uint32_t width);
  const std::string& text() const noexcept { return text_; }
  /// Terminal columns before the byte at `offset`; what is cut away stands at the nearest end.
  std::uint32_t column(std::uint32_t offset) const noexcept;

 private:
  struct Cell {
    std::uint32_t offset, column;
    std::size_t at;  // in the text shown
  };
  void cut(std::uint32_t first, std::uint32_t last, bool before, bool after);

  std::vector<Cell> cells_;  // the last one stands for the end of the line
  std::uint32_t first_ = 0, last_ = 0, lead_ = 0;
  std::string text_;
};

}  // namespace corefile::render
