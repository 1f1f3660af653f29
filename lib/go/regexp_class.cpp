// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "go/regexp_reader.hpp"

/// Escapes and classes: `\x41`, `\d`, `\p{Greek}`, `[a-z[:digit:]]`.
namespace corefile::go {
namespace {

constexpr std::uint64_t class_size = 500;  // a class by name has some hundred ranges

constexpr std::array<std::string_view, 14> posix_names{"alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph",
                                                       "lower", "print", "punct", "space", "upper", "word",  "xdigit"};

// As far as no release of Go can know it otherwise.
bool is_class_name(std::string_view text) noexcept {
  if (text.starts_with('^')) text.remove_prefix(1);
  const auto fits = [](char c) { return ascii::is_letter(c) || c == '_' || c == '-' || c == ' '; };
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

bool is_octal(char c) noexcept { return '0' <= c && c <= '7'; }

}  // namespace

/// `\d` and `\pL`, `\p{Greek}`. False: the escape is none of these.
bool RegexpReader::named_class() {
  const std::string_view text = rest();
  if (text.size() < 2) return false;
  if (text[1] != 'p' && text[1] != 'P') {
    if (std::string_view("dDsSwW").find(text[1]) == npos) return false;
    at_ += 2;
    put(2);
    return true;
  }
  const std::size_t from = at_;
  at_ += 2;
  const char32_t first = rune();
  if (!well()) return true;
  put(class_size);
  if (first == '{') {
    const std::size_t end = pattern_.find('}', from);
    at_ = end == npos ? pattern_.size() : end + 1;
    const std::string_view whole = pattern_.substr(from, at_ - from);
    if (!check_utf8(end == npos ? whole : whole.substr(3, whole.size() - 4))) return true;
    if (end == npos || !is_class_name(whole.substr(3, whole.size() - 4))) fail("invalid character class range", whole);
  } else if (first > 'z' || std::string_view("CLMNPSZclmnpsz").find(static_cast<char>(first)) == npos) {
    fail_from("invalid character class range", from);
  }
  return true;
}

char32_t RegexpReader::escape() {
  const std::size_t from = at_++;
  if (at_ >= pattern_.size()) {
    fail("trailing backslash at end of expression", {});
    return 0;
  }
  const char32_t c = rune();
  if (!well()) return 0;
  const bool is_ascii = c < 0x80;
  const char letter = is_ascii ? static_cast<char>(c) : '\0';
  if (is_ascii && !ascii::is_alnum(letter)) return c;
  constexpr std::string_view names = "afnrtv";
  if (const std::size_t at = names.find(letter); is_ascii && at != npos) return static_cast<unsigned char>("\a\f\n\r\t\v"[at]);
  if (is_ascii && (letter == '0' || (is_octal(letter) && !rest().empty() && is_octal(rest()[0])))) return octal(letter);
  if (letter == 'x') {
    if (const std::optional<char32_t> value = hexadecimal()) return *value;
    if (!well()) return 0;
  }
  fail_from("invalid escape sequence", from);
  return 0;
}

char32_t RegexpReader::octal(char first) {
  auto value = static_cast<char32_t>(first - '0');
  for (int i = 0; i < 2 && !rest().empty() && is_octal(rest()[0]); ++i) value = value * 8 + static_cast<char32_t>(pattern_[at_++] - '0');
  return value;
}

// Behind `\x`; none: no number.
std::optional<char32_t> RegexpReader::hexadecimal() {
  if (at_ >= pattern_.size()) return {};
  const auto digit = [](char32_t c) { return c < 0x80 ? ascii::hex_value(static_cast<char>(c)) : -1; };
  char32_t c = rune();
  if (!well()) return {};
  if (c != '{') {
    const int high = digit(c);
    const int low = digit(rune());
    return high < 0 || low < 0 ? std::optional<char32_t>() : static_cast<char32_t>(high * 16 + low);
  }
  char32_t value = 0;
  for (bool any = false; at_ < pattern_.size(); any = true) {
    c = rune();
    if (c == '}' && any) return value;
    if (digit(c) < 0) return {};
    value = value * 16 + static_cast<char32_t>(digit(c));
    if (value > 0x10FFFF) return {};
  }
  return {};
}

void RegexpReader::bracket() {
  const std::size_t from = at_++;
  if (rest().starts_with('^')) ++at_;
  std::uint64_t size = 1;
  for (bool first = true; first || !rest().starts_with(']'); first = false) {
    if (!well()) return;
    if (posix_class()) continue;
    if (rest().starts_with('\\') && named_class()) {
      drop_last(size);
      continue;
    }
    range(from);
    ++size;
  }
  if (!well()) return;
  ++at_;
  put(size);
}

// Inside brackets a class is not a piece of its own.
void RegexpReader::drop_last(std::uint64_t& size) {
  Level& level = levels_.back();
  level.size -= level.last_size;
  size += level.last_size;
}

bool RegexpReader::posix_class() {
  const std::string_view text = rest();
  if (text.size() < 3 || !text.starts_with("[:")) return false;
  const std::size_t end = has_posix_end_ ? text.find(":]", 2) : npos;
  has_posix_end_ = end != npos;  // or each `[:` looks through all that follows
  if (end == npos) return false;
  std::string_view name = text.substr(2, end - 2);
  if (name.starts_with('^')) name.remove_prefix(1);
  at_ += end + 2;
  if (std::find(posix_names.begin(), posix_names.end(), name) == posix_names.end()) {
    fail("invalid character class range", text.substr(0, end + 2));
  }
  return true;
}

// `a` or `a-z`, in the class that begins at `from`.
void RegexpReader::range(std::size_t from) {
  const std::size_t begin = at_;
  const char32_t low = class_rune(from);
  if (!well() || rest().size() < 2 || rest()[0] != '-' || rest()[1] == ']') return;
  ++at_;
  const char32_t high = class_rune(from);
  if (well() && high < low) fail_from("invalid character class range", begin);
}

char32_t RegexpReader::class_rune(std::size_t from) {
  if (at_ >= pattern_.size()) {
    fail("missing closing ]", pattern_.substr(from));
    return 0;
  }
  return pattern_[at_] == '\\' ? escape() : rune();
}

}  // namespace corefile::go
