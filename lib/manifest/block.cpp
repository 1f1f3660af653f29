// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "manifest/tiler.hpp"

namespace corefile::manifest_detail {
namespace {

std::uint32_t spaces(std::string_view text, std::size_t at) noexcept {
  return static_cast<std::uint32_t>(std::min(text.find_first_not_of(' ', at), text.size()) - at);
}

// Spaces in front of the first line that has more than spaces; all lines are counted up to it.
std::uint32_t first_indent(std::string_view text, std::uint32_t at) noexcept {
  while (at < text.size()) {
    const std::uint32_t count = spaces(text, at);
    const std::uint32_t size = line_break(text, at + count);
    if (size == 0) return count;
    at += count + size;
  }
  return 0;
}

class Block {
 public:
  Block(std::string_view file, std::uint32_t indent, Tiler& tiler) : file_(file), indent_(indent), tiler_(tiler) {}

  std::uint32_t literal(std::uint32_t at) {
    while (tiler_.ok() && !tiler_.done()) {
      const std::uint32_t end = line(at);
      if (tiler_.done()) return end;
      at = stand_for_break(end);
    }
    return at;
  }

  std::uint32_t folded(std::uint32_t at) {
    while (tiler_.ok() && !tiler_.done() && is_empty(at)) at = stand_for_break(content(at));
    while (tiler_.ok() && !tiler_.done()) {
      at = line(at);
      if (!tiler_.done()) at = fold(at);
    }
    return at;
  }

 private:
  std::uint32_t content(std::uint32_t at) const noexcept { return at + std::min(indent_, spaces(file_, at)); }
  bool is_empty(std::uint32_t at) const noexcept { return line_break(file_, content(at)) != 0; }

  std::uint32_t line(std::uint32_t at) {
    const std::uint32_t end = line_end(file_, content(at));
    tiler_.copy(content(at), end);
    return end;
  }

  std::uint32_t stand_for_break(std::uint32_t at) {
    const std::uint32_t size = line_break(file_, at);
    if (size == 0) tiler_.fail();
    if (size == 1) tiler_.copy(at, at + 1);
    if (size == 2) tiler_.stand({at, at + 2}, "\n");
    return at + size;
  }

  // One line end between two lines of text becomes a space. Of several, the first is dropped; none is at the scalar's end or
  // next to a line that is indented more.
  std::uint32_t fold(std::uint32_t at) {
    std::vector<std::uint32_t> breaks{at};
    std::uint32_t next = at + line_break(file_, at);
    for (; next < file_.size() && is_empty(next); next = breaks.back() + line_break(file_, breaks.back())) breaks.push_back(content(next));
    if (tiler_.rest().starts_with(' ') && breaks.size() == 1) {
      tiler_.folded = true;
      tiler_.stand({at, content(next)}, " ");
      return next;
    }
    const std::string_view rest = tiler_.rest();
    const std::size_t wanted = std::min(rest.find_first_not_of('\n'), rest.size());
    if (wanted == 0) tiler_.fail();
    const bool ends = wanted == rest.size();
    const std::size_t dropped = !ends && wanted + 1 == breaks.size() ? 1 : 0;
    if (wanted + dropped > breaks.size() || (!ends && wanted + dropped != breaks.size())) tiler_.fail();
    for (std::size_t i = dropped; tiler_.ok() && i < wanted + dropped; ++i) next = stand_for_break(breaks[i]);
    return next;
  }

  std::string_view file_;
  std::uint32_t indent_;
  Tiler& tiler_;
};

}  // namespace

std::uint32_t read_block(std::string_view file, std::uint32_t at, Tiler& tiler, std::uint32_t& indent) {
  const std::uint32_t header_end = line_end(file, at);
  const std::uint32_t begin = header_end + line_break(file, header_end);
  // Whether the indentation is written or found, the lines are indented by what the value lacks.
  const std::uint32_t outer = first_indent(file, begin);
  const std::uint32_t inner = first_indent(tiler.rest(), 0);
  indent = outer - std::min(inner, outer);
  if (tiler.done()) return header_end;
  const bool blank = tiler.rest().find_first_not_of('\n') == std::string_view::npos;
  Block block(file, blank ? static_cast<std::uint32_t>(file.size()) : indent, tiler);
  return file[at] == '>' ? block.folded(begin) : block.literal(begin);
}

}  // namespace corefile::manifest_detail
