// SPDX-License-Identifier: Apache-2.0
#include "go/quote.hpp"

#include <cstdint>

#include "base/ascii.hpp"

namespace corefile::go {
namespace {

// The value of `count` digits; 0xFFFFFFFF if there are not so many.
std::uint32_t digits(std::string_view text, std::size_t count, unsigned base) noexcept {
  constexpr std::uint32_t none = 0xFFFFFFFF;
  if (text.size() < count) return none;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto next = static_cast<unsigned>(ascii::hex_value(text[i]));  // -1 becomes the largest
    if (next >= base) return none;
    value = value * base + next;
  }
  return value > 0xFFFFFFFE ? none : static_cast<std::uint32_t>(value);
}

// Bytes of the escape that begins behind a backslash; 0 if it is none.
std::size_t escape(std::string_view rest, char quote) noexcept {
  if (rest.empty()) return 0;
  const std::string_view behind = rest.substr(1);
  const auto rune = [](std::uint32_t value) { return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF); };
  switch (rest.front()) {
    case 'a':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
    case 'v':
    case '\\':
      return 1;
    case '\'':
    case '"':
      return rest.front() == quote ? 1 : 0;
    case 'x':
      return digits(behind, 2, 16) <= 0xFF ? 3 : 0;
    case 'u':
      return rune(digits(behind, 4, 16)) ? 5 : 0;
    case 'U':
      return rune(digits(behind, 8, 16)) ? 9 : 0;
    default:
      return digits(rest, 3, 8) <= 0xFF ? 3 : 0;
  }
}

std::size_t character(std::string_view rest, char quote) noexcept {
  if (rest.front() == '\\') {
    const std::size_t size = escape(rest.substr(1), quote);
    return size == 0 ? 0 : size + 1;
  }
  if (rest.front() == quote || rest.front() == '\n') return 0;
  std::size_t size = 1;
  if (static_cast<unsigned char>(rest.front()) >= 0xC0) {
    while (size < rest.size() && size < 4 && (static_cast<unsigned char>(rest[size]) & 0xC0U) == 0x80) ++size;
  }
  return size;
}

}  // namespace

bool unquotes(std::string_view literal) noexcept {
  if (literal.size() < 2 || literal.front() != literal.back()) return false;
  const char quote = literal.front();
  std::string_view inside = literal.substr(1, literal.size() - 2);
  if (quote == '`') return inside.find('`') == std::string_view::npos;
  std::size_t count = 0;
  for (; !inside.empty(); ++count) {
    const std::size_t size = character(inside, quote);
    if (size == 0) return false;
    inside.remove_prefix(size);
  }
  return quote == '"' || count == 1;
}

}  // namespace corefile::go
