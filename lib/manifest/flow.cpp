// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>

#include "base/ascii.hpp"

#include <algorithm>
#include "base/utf8.hpp"
#include "manifest/tiler.hpp"

namespace corefile::manifest_detail {
namespace {

struct Simple {
  char escape;
  std::string_view decoded;
  std::string_view parsed;
};
// yaml-cpp 0.7 gives one byte for `\N` and `\_`, which is not UTF-8 (src/exp.cpp).
constexpr std::array<Simple, 20> simple_escapes{{
    {'0', std::string_view("\0", 1), std::string_view("\0", 1)},
    {'a', "\a", "\a"},
    {'b', "\b", "\b"},
    {'t', "\t", "\t"},
    {'\t', "\t", "\t"},
    {'n', "\n", "\n"},
    {'v', "\v", "\v"},
    {'f', "\f", "\f"},
    {'r', "\r", "\r"},
    {'e', "\x1B", "\x1B"},
    {' ', " ", " "},
    {'"', "\"", "\""},
    {'\'', "'", "'"},
    {'\\', "\\", "\\"},
    {'/', "/", "/"},
    {'N', "\xC2\x85", "\x85"},
    {'_', "\xC2\xA0", "\xA0"},
    {'L', "\xE2\x80\xA8", "\xE2\x80\xA8"},
    {'P', "\xE2\x80\xA9", "\xE2\x80\xA9"},
    {'\0', "", ""},
}};

constexpr bool is_high(char32_t rune) noexcept { return 0xD800 <= rune && rune < 0xDC00; }
constexpr bool is_low(char32_t rune) noexcept { return 0xDC00 <= rune && rune < 0xE000; }

// `\uXXXX` and its kind; 0 digits: none is at `at`.
std::uint32_t hex_escape(std::string_view file, std::uint32_t at, char32_t& rune) noexcept {
  if (at + 1 >= file.size() || file[at] != '\\') return 0;
  const std::uint32_t digits = file[at + 1] == 'x' ? 2 : file[at + 1] == 'u' ? 4 : file[at + 1] == 'U' ? 8 : 0;
  if (digits == 0 || at + 2 + digits > file.size()) return 0;
  std::uint32_t value = 0;
  const char* const end = file.data() + at + 2 + digits;
  if (std::from_chars(file.data() + at + 2, end, value, 16).ptr != end) return 0;
  rune = value;
  return 2 + digits;
}

std::string encoded(char32_t rune) {
  std::string out;
  utf8::append(out, rune);
  return out;
}

std::uint32_t read_hex(std::string_view file, std::uint32_t at, Tiler& tiler) {
  char32_t rune = 0;
  std::uint32_t size = hex_escape(file, at, rune);
  if (size == 0) {
    tiler.fail();
    return at;
  }
  // Halves of a pair are in yaml-cpp's value as private-use characters: see ViewBuffer.
  const auto as_parsed = [](char32_t half) { return encoded(half + 0x1000); };
  if (is_high(rune) || is_low(rune)) {
    char32_t low = 0;
    const std::uint32_t more = is_high(rune) ? hex_escape(file, at + size, low) : 0;
    if (more != 0 && is_low(low)) {
      const std::string parsed = as_parsed(rune) + as_parsed(low);
      size += more;
      tiler.stand({at, at + size}, encoded(0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00)), parsed);
    } else {
      tiler.stand({at, at + size}, "\xEF\xBF\xBD", as_parsed(rune));
    }
  } else {
    tiler.stand({at, at + size}, encoded(rune));
  }
  return at + size;
}

// Blanks and line ends from `at` on, which has a line end among them. `escaped`: the first is escaped and gives nothing.
std::uint32_t read_fold(std::string_view file, std::uint32_t at, bool escaped, Tiler& tiler) {
  std::uint32_t to = skip_blanks(file, at);
  std::uint32_t breaks = 0;
  for (std::uint32_t size = line_break(file, to); size != 0; size = line_break(file, to)) {
    if (++breaks > 1) tiler.stand({to, to + size}, "\n");
    to = skip_blanks(file, to + size);
  }
  if (breaks == 1 && !escaped) {
    tiler.folded = true;
    tiler.stand({at, to}, " ");
  }
  return to;
}

std::uint32_t read_escape(std::string_view file, std::uint32_t at, Tiler& tiler) {
  if (at + 1 >= file.size()) {
    tiler.fail();
    return at;
  }
  if (line_break(file, at + 1) != 0) return read_fold(file, at + 1, true, tiler);
  for (const Simple& simple : simple_escapes) {
    if (simple.escape != file[at + 1] || simple.decoded.empty()) continue;
    tiler.stand({at, at + 2}, simple.decoded, simple.parsed);
    return at + 2;
  }
  return read_hex(file, at, tiler);
}

bool breaks_behind_blanks(std::string_view file, std::uint32_t at) noexcept { return line_break(file, skip_blanks(file, at)) != 0; }

}  // namespace

std::uint32_t read_flow(std::string_view file, std::uint32_t at, Tiler& tiler) {
  const char quote = at < file.size() && (file[at] == '"' || file[at] == '\'') ? file[at] : '\0';
  if (quote != '\0') ++at;
  while (tiler.ok()) {
    if (quote == '\0' && tiler.done()) return at;
    if (at >= file.size()) break;
    const char c = file[at];
    if (quote != '\0' && c == quote) {
      if (quote == '"' || at + 1 >= file.size() || file[at + 1] != '\'') return at + 1;
      tiler.stand({at, at + 2}, "'");
      at += 2;
    } else if (quote == '"' && c == '\\') {
      at = read_escape(file, at, tiler);
    } else if ((ascii::is_blank(c) || line_break(file, at) != 0) && breaks_behind_blanks(file, at)) {
      at = read_fold(file, at, false, tiler);
    } else {
      // A plain scalar ends where its value does, which may be within a run.
      constexpr std::string_view stops = "\"'\\ \t\r\n";
      const auto run = static_cast<std::uint32_t>(std::min(file.find_first_of(stops, at + 1), file.size()));
      const auto left = static_cast<std::uint32_t>(std::min<std::size_t>(run - at, tiler.rest().size()));
      const std::uint32_t to = quote == '\0' ? at + left : run;
      tiler.copy(at, to);
      at = to;
    }
  }
  tiler.fail();
  return at;
}

}  // namespace corefile::manifest_detail
