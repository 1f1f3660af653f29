// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "manifest/tiler.hpp"

namespace corefile::manifest_detail {
namespace {

std::uint32_t spaces(std::string_view text, std::size_t at) noexcept {
  return static_cast<std::uint32_t>(std::min(text.find_first_not_of(' ', at), text.size()) - at);
}

// The block's lines are those of the value, up to the first one that is folded, and indented. None if all are empty.
std::optional<std::uint32_t> find_indent(std::string_view file, std::uint32_t at, std::string_view value) noexcept {
  while (value.starts_with('\n')) {
    at = line_end(file, at);
    at += line_break(file, at);
    value.remove_prefix(1);
  }
  if (value.empty()) return {};
  const std::uint32_t outer = spaces(file, at);
  return outer - std::min(spaces(value, 0), outer);
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
  if (tiler.done()) return header_end;
  const std::optional<std::uint32_t> found = find_indent(file, begin, tiler.rest());
  indent = found.value_or(0);
  tiler.text.reserve(tiler.rest().size());
  tiler.map.reserve(static_cast<std::size_t>(std::count(tiler.rest().begin(), tiler.rest().end(), '\n')) + 1);
  Block block(file, found.value_or(static_cast<std::uint32_t>(file.size())), tiler);
  return file[at] == '>' ? block.folded(begin) : block.literal(begin);
}

}  // namespace corefile::manifest_detail
