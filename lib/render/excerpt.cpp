// SPDX-License-Identifier: Apache-2.0
#include "render/excerpt.hpp"

#include <algorithm>
#include <corefile/render.hpp>
#include <limits>

#include "base/utf8.hpp"

namespace corefile::render {
namespace {

constexpr std::uint32_t no_limit = std::numeric_limits<std::uint32_t>::max();

// The line around an offset, or as much of it as lies within `reach` bytes.
struct Stretch {
  std::uint32_t begin, end;
  bool cut_before, cut_after;
};

Stretch stretch(std::string_view text, std::uint32_t at, std::uint32_t reach) {
  const std::uint32_t size = static_cast<std::uint32_t>(text.size());
  at = std::min(at, size);
  const std::uint32_t low = at > reach ? at - reach : 0;
  const std::size_t line = text.substr(low, at - low).rfind('\n');
  Stretch found{low, size, false, false};
  if (line != std::string_view::npos) {
    found.begin = low + static_cast<std::uint32_t>(line) + 1;
  } else if (low > 0 && text[low - 1] != '\n') {
    found.cut_before = true;
    while (found.begin < at && found.begin < low + 3 && (static_cast<unsigned char>(text[found.begin]) & 0xC0) == 0x80) ++found.begin;
  }
  const std::size_t end = text.substr(at, reach).find('\n');
  if (end != std::string_view::npos) {
    found.end = at + static_cast<std::uint32_t>(end);
  } else if (size - at > reach) {
    found.end = at + reach;
    found.cut_after = true;
  }
  if (!found.cut_after && found.end > found.begin && text[found.end - 1] == '\r') --found.end;
  return found;
}

}  // namespace

Excerpt::Excerpt(const Source& source, Span focus, std::uint32_t width) {
  const std::string_view text = source.text();
  // Four bytes a column: enough for any rune, and a bound for a run of runes that take no column.
  const Stretch line = stretch(text, focus.begin, width == 0 ? no_limit : 4 * width);
  std::uint32_t column = 0;
  for (std::uint32_t at = line.begin; at < line.end;) {
    cells_.push_back({at, column, text_.size()});
    const utf8::Rune rune = utf8::decode(text.substr(at));
    const std::string_view bytes = text.substr(at, rune.size);
    if (rune.value == '\t') {
      text_ += "    ";
      column += 4;
    } else if (rune.value >= ' ' && rune.value < 0x7F) {
      text_ += bytes;
      ++column;
    } else if (at != 0 || rune.value != 0xFEFF) {
      const std::string shown = visible(bytes);
      text_ += shown;
      column += shown == bytes ? static_cast<std::uint32_t>(utf8::width(rune.value)) : static_cast<std::uint32_t>(shown.size());
    }
    at += rune.size;
  }
  cells_.push_back({line.end, column, text_.size()});
  last_ = column;

  if (width == 0 || (column <= width && !line.cut_before && !line.cut_after)) return;
  const std::uint32_t from = this->column(focus.begin);
  const std::uint32_t marked = std::min(this->column(std::max(focus.begin, focus.end)) - from, width * 3 / 4);
  const std::uint32_t margin = (width - marked) / 2;
  std::uint32_t first = from + marked <= width && !line.cut_before ? 0 : from > margin ? from - margin : 0;
  if (!line.cut_after) first = std::min(first, column > width ? column - width : 0);
  cut(first, std::min(column, first + width), line.cut_before, line.cut_after);
}

void Excerpt::cut(std::uint32_t first, std::uint32_t last, bool before, bool after) {
  const auto from = std::find_if(cells_.begin(), cells_.end() - 1, [&](const Cell& cell) { return cell.column >= first; });
  auto to = cells_.end() - 1;
  while (to != from && to->column > last) --to;
  before = before || from != cells_.begin();
  after = after || to != cells_.end() - 1;
  text_ = (before ? "…" : "") + text_.substr(from->at, to->at - from->at) + (after ? "…" : "");
  first_ = from->column;
  last_ = to->column;
  lead_ = before ? 1 : 0;
}

std::uint32_t Excerpt::column(std::uint32_t offset) const noexcept {
  auto cell = std::upper_bound(cells_.begin(), cells_.end(), offset, [](std::uint32_t wanted, const Cell& c) { return wanted < c.offset; });
  if (cell != cells_.begin()) --cell;
  if (cell->column < first_ || offset < cells_.front().offset) return 0;
  return std::min(cell->column, last_) - first_ + lead_;
}

}  // namespace corefile::render
