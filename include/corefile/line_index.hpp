// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <cstdint>
#include <string_view>
#include <vector>

namespace corefile {

/// What a column counts. Bytes that are no UTF-8 count one each in all of them, and a byte order mark in front counts nothing.
enum class Columns : std::uint8_t { utf8, utf16, utf32 };

/// The columns that `text`, which begins a line, takes. O(size).
std::uint32_t columns(std::string_view text, Columns unit) noexcept;

/// Lines and columns of many offsets of one text, which must outlive it. O(size) to make; O(log lines) a question, whatever the lines'
/// length.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);
  /// Offsets past the end give the end.
  Position position(std::uint32_t offset, Columns unit = Columns::utf32) const noexcept;
  /// The text of the line that holds `offset`, without its LF.
  std::string_view line(std::uint32_t offset) const noexcept;

 private:
  struct Mark {  // what stands before an offset, in columns
    std::uint32_t offset = 0, utf16 = 0, utf32 = 0;
  };
  std::size_t line_of(std::uint32_t offset) const noexcept;
  std::uint32_t before(std::uint32_t offset, Columns unit) const noexcept;

  std::string_view text_;
  std::vector<std::uint32_t> lines_;  // where each begins
  std::vector<Mark> marks_;           // one in some thousand bytes, at the begin of a rune; none where all is ASCII
};

}  // namespace corefile
