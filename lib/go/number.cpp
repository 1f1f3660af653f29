// SPDX-License-Identifier: Apache-2.0
#include "go/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

#include "base/ascii.hpp"

namespace corefile::go {
namespace {

// strconv's underscoreOK: between digits, and behind a base prefix. The text is in small letters.
bool take_underscores_off(std::string& text) {
  const bool hex = text.starts_with("0x");
  const auto is_digit = [&](std::size_t i) { return i < text.size() && (hex ? ascii::is_hex_digit(text[i]) : ascii::is_digit(text[i])); };
  for (std::size_t i = text.find('_'); i != std::string::npos; i = text.find('_', i + 1)) {
    if (i == 0 || !(is_digit(i - 1) || (hex && i == 2)) || !is_digit(i + 1)) return false;
  }
  std::erase(text, '_');
  return true;
}

/// DIGITS[.DIGITS][eEXPONENT] without its dot: what strtod reads in every locale.
struct Digits {
  std::string text;           ///< no zeros first
  std::int64_t exponent = 0;  ///< of the last digit
};

// Which side of two doubles' middle a number lies on takes 767 decimal digits; of those behind it counts whether they are zero.
constexpr std::size_t most_digits = 800;
constexpr std::int64_t most_exponent = std::int64_t{1} << 40;  // more than a text has digits

bool take_exponent(std::string_view text, std::int64_t& exponent) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || !std::all_of(text.begin(), text.end(), ascii::is_digit)) return false;
  std::int64_t value = 0;
  for (const char c : text) value = std::min(most_exponent, value * 10 + (c - '0'));
  exponent += negative ? -value : value;
  return true;
}

std::optional<Digits> take_apart(std::string_view text, bool hex) {
  Digits out;
  const std::int64_t step = hex ? 4 : 1;
  bool any = false;
  bool dot = false;
  bool more = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !dot) {
      dot = true;
      continue;
    }
    if (!(hex ? ascii::is_hex_digit(c) : ascii::is_digit(c))) break;
    any = true;
    const bool kept = out.text.size() < most_digits;
    if (kept && (c != '0' || !out.text.empty())) out.text += c;
    more = more || (!kept && c != '0');
    if (kept && dot) out.exponent -= step;
    if (!kept && !dot) out.exponent += step;
  }
  if (!any) return {};
  if (more) {
    out.text += '1';
    out.exponent -= step;
  }
  if (at == text.size()) return out;
  if (ascii::lower(text[at]) != (hex ? 'p' : 'e') || !take_exponent(text.substr(at + 1), out.exponent)) return {};
  return out;
}

// Infinite if it is too large.
double value_of(const Digits& digits, bool hex) {
  if (digits.text.empty()) return 0;
  const std::string plain = (hex ? "0x" : "") + digits.text + (hex ? 'p' : 'e') + std::to_string(digits.exponent);
  return std::strtod(plain.c_str(), nullptr);
}

constexpr std::uint64_t limit = std::uint64_t{1} << 63;

/// Of `1.5h` the 1.5.
struct Amount {
  std::uint64_t whole = 0;
  double fraction = 0;  ///< in parts of `scale`
  double scale = 1;
};

std::optional<Amount> take_amount(std::string_view& text) {
  Amount out;
  std::size_t at = 0;
  for (; at < text.size() && ascii::is_digit(text[at]); ++at) {
    if (out.whole > limit / 10) return {};
    out.whole = out.whole * 10 + static_cast<std::uint64_t>(text[at] - '0');
    if (out.whole > limit) return {};
  }
  bool digits = at != 0;
  if (at < text.size() && text[at] == '.') {
    bool overflow = false;
    for (++at; at < text.size() && ascii::is_digit(text[at]); ++at) {
      digits = true;
      overflow = overflow || out.fraction > static_cast<double>(limit - 1) / 10;
      if (overflow) continue;
      out.fraction = out.fraction * 10 + (text[at] - '0');
      out.scale *= 10;
    }
  }
  if (!digits) return {};
  text.remove_prefix(at);
  return out;
}

// In nanoseconds; 0 if it is none.
std::uint64_t take_unit(std::string_view& text) noexcept {
  struct Unit {
    std::string_view name;
    std::uint64_t size;
  };
  static constexpr std::array<Unit, 8> units{{{"ns", 1},
                                              {"us", 1'000},
                                              {"\xC2\xB5s", 1'000},
                                              {"\xCE\xBCs", 1'000},
                                              {"ms", 1'000'000},
                                              {"s", 1'000'000'000},
                                              {"m", 60'000'000'000},
                                              {"h", 3'600'000'000'000}}};
  const auto end = std::find_if(text.begin(), text.end(), [](char c) { return c == '.' || ascii::is_digit(c); });
  const std::string_view name = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(name.size());
  const auto known = std::find_if(units.begin(), units.end(), [name](const Unit& unit) { return unit.name == name; });
  return known == units.end() ? 0 : known->size;
}

}  // namespace

std::optional<std::int64_t> atoi(std::string_view text) noexcept {
  constexpr std::size_t always_fit = 18;  // digits
  if (text.empty()) return {};
  if (ascii::is_digit(text.front()) && text.size() <= always_fit) {
    std::int64_t value = 0;
    for (const char c : text) {
      if (!ascii::is_digit(c)) return {};
      value = value * 10 + (c - '0');
    }
    return value;
  }
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return {};
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

std::optional<std::uint64_t> parse_uint(std::string_view text, unsigned bits) noexcept {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  if (bits < 64 && value >> bits != 0) return {};
  return value;
}

bool is_decimal(std::string_view text) { return take_apart(text, false).has_value(); }

std::optional<double> parse_float(std::string_view text, unsigned bits) noexcept {
  bool negative = false;
  if (text.starts_with('+') || text.starts_with('-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::string lower = ascii::to_lower(text);
  if (!take_underscores_off(lower)) return {};
  if (lower == "inf" || lower == "infinity") {
    return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  }
  if (lower == "nan") return std::numeric_limits<double>::quiet_NaN();
  const bool hex = lower.starts_with("0x");
  if (hex && lower.find('p') == std::string::npos) return {};  // Go wants the exponent
  const auto digits = take_apart(std::string_view(lower).substr(hex ? 2 : 0), hex);
  if (!digits) return {};
  const double value = value_of(*digits, hex);
  if (std::isinf(value) || (bits == 32 && value > static_cast<double>(std::numeric_limits<float>::max()))) return {};
  return negative ? -value : value;
}

namespace {

/// Of a duration such as `5s`, `30m` or `1h`; 0 of others, which may be one too.
std::int64_t short_duration(std::string_view text) noexcept {
  constexpr std::size_t always_fit = 6;
  if (text.size() < 2 || text.size() > always_fit + 1) return 0;
  std::int64_t value = 0;
  for (const char c : text.substr(0, text.size() - 1)) {
    if (!ascii::is_digit(c)) return 0;
    value = value * 10 + (c - '0');
  }
  return value * (text.back() == 's' ? second : text.back() == 'm' ? 60 * second : text.back() == 'h' ? 3600 * second : 0);
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) noexcept {
  if (const std::int64_t usual = short_duration(text); usual != 0) return usual;
  bool negative = false;
  if (text.starts_with('-') || text.starts_with('+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text == "0") return 0;
  if (text.empty()) return {};
  std::uint64_t total = 0;
  while (!text.empty()) {
    const auto amount = take_amount(text);
    if (!amount) return {};
    const std::uint64_t unit = take_unit(text);
    if (unit == 0 || amount->whole > limit / unit) return {};
    std::uint64_t value = amount->whole * unit;
    if (amount->fraction > 0) value += static_cast<std::uint64_t>(amount->fraction * (static_cast<double>(unit) / amount->scale));
    if (value > limit) return {};
    total += value;
    if (total > limit) return {};
  }
  if (negative) return -static_cast<std::int64_t>(total);
  if (total > limit - 1) return {};
  return static_cast<std::int64_t>(total);
}

std::string seconds_text(std::int64_t seconds) {
  if (seconds < 0) return '-' + seconds_text(-seconds);
  const std::string hours = seconds >= 3600 ? std::to_string(seconds / 3600) + 'h' : std::string();
  const std::string minutes = seconds >= 60 ? std::to_string(seconds / 60 % 60) + 'm' : std::string();
  return hours + minutes + std::to_string(seconds % 60) + 's';
}

namespace {

// time.quote.
std::string quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || byte < ' ') {
      out.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

std::string duration_fault(std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
  std::string what = "invalid duration";
  while (!rest.empty() && take_amount(rest)) {
    const std::string_view unit = rest.substr(0, rest.find_first_of(".0123456789"));
    if (unit.empty()) {
      what = "missing unit in duration";
      break;
    }
    if (take_unit(rest) == 0) {
      what = "unknown unit " + quoted(unit) + " in duration";
      break;
    }
  }
  return "time: " + what + ' ' + quoted(text);
}

}  // namespace corefile::go
