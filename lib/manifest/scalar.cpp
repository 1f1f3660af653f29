// SPDX-License-Identifier: Apache-2.0
#include "manifest/scalar.hpp"

#include <algorithm>
#include <utility>

#include "manifest/tiler.hpp"

namespace corefile::manifest_detail {
namespace {

// Past anchors, tags, and the blanks, comments and line ends behind them.
std::uint32_t skip_properties(std::string_view file, std::uint32_t at) noexcept {
  while (at < file.size() && (file[at] == '&' || file[at] == '!')) {
    at = static_cast<std::uint32_t>(std::min(file.find_first_of(" \t\r\n", at), file.size()));
    while (at < file.size()) {
      at = skip_blanks(file, at);
      if (at < file.size() && file[at] == '#') at = line_end(file, at);
      const std::uint32_t size = line_break(file, at);
      if (size == 0) break;
      at += size;
    }
  }
  return at;
}

ScalarStyle style_at(std::string_view file, std::uint32_t at) noexcept {
  switch (at < file.size() ? file[at] : '\0') {
    case '|':
      return ScalarStyle::literal;
    case '>':
      return ScalarStyle::folded;
    case '\'':
      return ScalarStyle::single_quoted;
    case '"':
      return ScalarStyle::double_quoted;
    default:
      return ScalarStyle::plain;
  }
}

// Where the scalar ends, if nothing of it could be found again.
std::uint32_t coarse_end(std::string_view file, std::uint32_t at, const Scalar& scalar) noexcept {
  switch (scalar.style) {
    case ScalarStyle::single_quoted:
    case ScalarStyle::double_quoted: {
      for (std::size_t to = at + 1; to < file.size(); ++to) {
        if (file[to] == file[at]) return static_cast<std::uint32_t>(to + 1);
        if (file[to] == '\\' && file[at] == '"') ++to;
      }
      return static_cast<std::uint32_t>(file.size());
    }
    case ScalarStyle::literal:
    case ScalarStyle::folded: {
      std::uint32_t end = line_end(file, at);
      for (std::uint32_t next = end + line_break(file, end); next < file.size();) {
        const std::uint32_t text = skip_blanks(file, next);
        const std::uint32_t to = line_end(file, text);
        if (text < to && text - next < std::max(scalar.indent, 1U)) break;
        if (text < to) end = to;
        next = to + line_break(file, to);
      }
      return end;
    }
    case ScalarStyle::plain:
    case ScalarStyle::file:
      break;
  }
  return line_end(file, at);
}

Segment whole(Scalar& scalar) {
  // The place for text in an empty scalar is inside its quotes, or behind the block's first line.
  if (!scalar.text.empty()) return {0, scalar.outer, false};
  const bool quoted = scalar.style == ScalarStyle::single_quoted || scalar.style == ScalarStyle::double_quoted;
  const std::uint32_t at = quoted ? scalar.outer.begin + 1 : scalar.outer.end;
  return {0, {at, at}, true};
}

}  // namespace

Scalar read_scalar(std::string_view file, std::uint32_t at, std::string_view value) {
  at = skip_properties(file, at);
  Scalar scalar;
  scalar.style = style_at(file, at);
  Tiler tiler(file, value);
  const bool block = scalar.style == ScalarStyle::literal || scalar.style == ScalarStyle::folded;
  const std::uint32_t end = block ? read_block(file, at, tiler, scalar.indent) : read_flow(file, at, tiler);
  scalar.exact = tiler.ok() && tiler.done();
  scalar.folded = tiler.folded;
  if (scalar.exact) {
    scalar.outer = {at, end};
    scalar.text = std::move(tiler.text);
    scalar.map = std::move(tiler.map);
  } else {
    scalar.outer = {at, coarse_end(file, at, scalar)};
    scalar.text = value;
  }
  if (scalar.map.empty()) scalar.map.push_back(whole(scalar));
  return scalar;
}

Span scalar_extent(std::string_view file, std::uint32_t at, std::string_view value) { return read_scalar(file, at, value).outer; }

}  // namespace corefile::manifest_detail
