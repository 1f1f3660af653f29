// SPDX-License-Identifier: Apache-2.0
#include "manifest/edit.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace corefile::manifest_detail {
namespace {

bool is_control(char c) noexcept { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; }

// A line end that YAML folds: escapes for one are two bytes long and have no line of their own.
bool is_fold(const Embedded& embedded, std::uint32_t inner) noexcept {
  const std::string_view text = embedded.source.text();
  if (inner >= text.size() || (text[inner] != ' ' && text[inner] != '\n')) return false;
  if (embedded.style == ScalarStyle::folded && text[inner] == '\n') return true;
  const auto& map = embedded.map;
  const auto after = std::upper_bound(map.begin(), map.end(), inner, [](std::uint32_t at, const Segment& run) { return at < run.inner; });
  const Segment& run = *(after - 1);
  const bool escape = embedded.style == ScalarStyle::double_quoted && text[inner] == '\n' && run.outer.size() == 2;
  return !run.verbatim && !escape;
}

// Between the characters before and behind `inner` the file breaks a line: by a folded line end, or by one that is escaped.
bool breaks_before(const Embedded& embedded, std::uint32_t inner) noexcept {
  if (inner == 0 || inner >= embedded.source.text().size()) return false;
  return is_fold(embedded, inner - 1) || embedded.outer({inner - 1, inner}).end != embedded.outer({inner, inner}).begin;
}

// Blanks that would stand next to a line's end in the file are lost, and a line without text would count as an empty one.
bool touches_fold(const Change& change) noexcept {
  const Embedded& embedded = change.embedded;
  for (std::uint32_t i = change.inner.begin; i < change.inner.end; ++i) {
    if (is_fold(embedded, i)) return true;
  }
  const bool before = breaks_before(embedded, change.inner.begin);
  const bool behind = is_fold(embedded, change.inner.end) || breaks_before(embedded, change.inner.end);
  if (change.text.empty() || (before && is_fold(embedded, change.inner.end))) return before || behind;
  return (before && ascii::is_blank(change.text.front())) || (behind && ascii::is_blank(change.text.back()));
}

bool is_one_line(std::string_view text) noexcept {
  return std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) || c == '\n'; });
}

// A plain scalar must not get a `:` or `#` next to a blank.
bool makes_sign(const Change& change) {
  const std::string_view text = change.embedded.source.text();
  std::string around(text.substr(change.inner.begin - std::min(change.inner.begin, 1U), std::min(change.inner.begin, 1U)));
  around += change.text;
  around += text.substr(change.inner.end, 1);
  for (const std::string_view sign : {": ", ":\n", " #"}) {
    if (around.find(sign) != std::string::npos) return true;
  }
  return change.inner.end == text.size() && around.ends_with(':');
}

// What a line of a folded scalar begins with decides whether the line ends around it are folded.
bool touches_indentation(const Change& change) noexcept {
  const std::string_view text = change.embedded.source.text();
  const std::size_t at = change.inner.begin;
  const std::size_t line = text.rfind('\n', at - 1) + 1;
  const bool first =
      std::all_of(text.begin() + static_cast<std::ptrdiff_t>(line), text.begin() + static_cast<std::ptrdiff_t>(at), ascii::is_blank);
  return first && (ascii::is_blank(text[at]) || (change.text.empty() && line < at));
}

// At the bytes themselves; before a folded line end, that is at the end of what stands on its line.
Span flat(const Change& change) noexcept {
  const auto [begin, end] = change.inner;
  if (begin != end || begin == 0 || !is_fold(change.embedded, begin)) return change.embedded.outer(change.inner);
  const std::uint32_t at = change.embedded.outer({begin - 1, begin}).end;
  return {at, at};
}

}  // namespace

bool on_boundaries(const Change& change) noexcept {
  const auto& map = change.embedded.map;
  const auto size = static_cast<std::uint32_t>(change.embedded.source.text().size());
  if (map.size() == 1 && !map.front().verbatim) return false;
  const auto is_boundary = [&](std::uint32_t at) {
    const auto after = std::upper_bound(map.begin(), map.end(), at, [](std::uint32_t a, const Segment& run) { return a < run.inner; });
    return at == size || after == map.begin() || (after - 1)->verbatim || (after - 1)->inner == at;
  };
  return is_boundary(change.inner.begin) && is_boundary(change.inner.end);
}

bool edit_double_quoted(const Change& change, Span& at, std::string& replacement) {
  if (touches_fold(change)) return false;
  at = flat(change);
  replacement.clear();
  for (const char c : change.text) {
    switch (c) {
      case '"':
        replacement += "\\\"";
        break;
      case '\\':
        replacement += "\\\\";
        break;
      case '\n':
        replacement += "\\n";
        break;
      case '\t':
        replacement += "\\t";
        break;
      case '\r':
        replacement += "\\r";
        break;
      default:
        if (is_control(c)) {
          constexpr std::string_view digits = "0123456789abcdef";
          replacement += "\\u00";
          replacement += digits[static_cast<unsigned char>(c) >> 4U];
          replacement += digits[static_cast<unsigned char>(c) & 0xFU];
        } else {
          replacement += c;
        }
    }
  }
  return true;
}

bool edit_single_quoted(const Change& change, Span& at, std::string& replacement) {
  if (!is_one_line(change.text) || touches_fold(change)) return false;
  at = flat(change);
  replacement.clear();
  for (const char c : change.text) {
    if (c == '\'') replacement += '\'';
    replacement += c;
  }
  return true;
}

bool edit_bare(const Change& change, Span& at, std::string& replacement) {
  const Embedded& embedded = change.embedded;
  if (!is_one_line(change.text) || touches_fold(change)) return false;
  const bool edge = change.inner.begin == 0 || change.inner.end == embedded.source.text().size();
  if (edge && (change.text.empty() || embedded.style == ScalarStyle::folded)) return false;
  if (embedded.style == ScalarStyle::folded && touches_indentation(change)) return false;
  const std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./ ";
  if (embedded.style == ScalarStyle::plain) {
    if (change.text.find_first_not_of(plain) != std::string_view::npos || makes_sign(change)) return false;
    if (edge && (ascii::is_blank(change.text.front()) || ascii::is_blank(change.text.back()) || change.text.front() == '-')) return false;
  } else if (!change.text.empty()) {
    const char before = embedded.source.text()[change.inner.begin - 1];
    if (before == '\n' && ascii::is_blank(change.text.front())) return false;
  } else if (embedded.source.text()[change.inner.begin - 1] == '\n' || embedded.source.text()[change.inner.end] == '\n') {
    return false;
  }
  at = flat(change);
  replacement = change.text;
  return true;
}

}  // namespace corefile::manifest_detail
