// SPDX-License-Identifier: Apache-2.0
#include <corefile/line_index.hpp>

#include <algorithm>

#include "base/utf8.hpp"

namespace corefile {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::uint32_t bytes_a_mark = 4096;

}  // namespace

std::uint32_t columns(std::string_view text, Columns unit) noexcept {
  if (unit == Columns::utf8 || utf8::ascii(text)) return static_cast<std::uint32_t>(text.size());
  std::uint32_t count = 0;
  while (!text.empty()) {
    const std::uint32_t size = utf8::decode(text).size;
    count += unit == Columns::utf16 && size == 4 ? 2 : 1;
    text.remove_prefix(size);
  }
  return count;
}

LineIndex::LineIndex(std::string_view text) : text_(text) {
  lines_.push_back(text.starts_with(byte_order_mark) ? static_cast<std::uint32_t>(byte_order_mark.size()) : 0);
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    lines_.push_back(static_cast<std::uint32_t>(end) + 1);
  }
  if (utf8::ascii(text)) return;
  Mark at;
  marks_.push_back(at);
  while (at.offset < text.size()) {
    const std::uint32_t size = utf8::decode(text.substr(at.offset)).size;
    at.offset += size;
    at.utf16 += size == 4 ? 2 : 1;
    ++at.utf32;
    if (at.offset - marks_.back().offset >= bytes_a_mark) marks_.push_back(at);
  }
}

std::size_t LineIndex::line_of(std::uint32_t offset) const noexcept {
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset);
  return after == lines_.begin() ? 0 : static_cast<std::size_t>(after - lines_.begin()) - 1;
}

std::uint32_t LineIndex::before(std::uint32_t offset, Columns unit) const noexcept {
  if (unit == Columns::utf8 || marks_.empty()) return offset;
  const auto after =
      std::upper_bound(marks_.begin(), marks_.end(), offset, [](std::uint32_t wanted, const Mark& mark) { return wanted < mark.offset; });
  const Mark& mark = *(after - 1);
  return (unit == Columns::utf16 ? mark.utf16 : mark.utf32) + columns(text_.substr(mark.offset, offset - mark.offset), unit);
}

Position LineIndex::position(std::uint32_t offset, Columns unit) const noexcept {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const std::size_t line = line_of(offset);
  const std::uint32_t begin = lines_[line];
  return {static_cast<std::uint32_t>(line) + 1, offset <= begin ? 1 : before(offset, unit) - before(begin, unit) + 1};
}

std::string_view LineIndex::line(std::uint32_t offset) const noexcept {
  const std::uint32_t begin = lines_[line_of(offset)];
  return text_.substr(begin, text_.find('\n', begin) - begin);
}

}  // namespace corefile
