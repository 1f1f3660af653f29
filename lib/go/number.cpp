// SPDX-License-Identifier: Apache-2.0
#include "go/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
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

}  // namespace

std::optional<std::int64_t> atoi(std::string_view text) noexcept {
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

std::optional<double> parse_float(std::string_view text, unsigned bits) noexcept {
  std::string_view body = text;
  bool negative = false;
  if (body.starts_with('+') || body.starts_with('-')) {
    negative = body.front() == '-';
    body.remove_prefix(1);
  }
  std::string lower = ascii::to_lower(body);
  if (!take_underscores_off(lower)) return {};
  if (lower == "inf" || lower == "infinity") {
    return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  }
  if (lower == "nan") return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  const char* begin = lower.data();
  const char* const finish = begin + lower.size();
  auto format = std::chars_format::general;
  if (lower.starts_with("0x")) {
    if (lower.find('p') == std::string::npos) return {};  // Go wants the exponent
    begin += 2;
    format = std::chars_format::hex;
  }
  if (begin == finish || !(ascii::is_digit(*begin) || *begin == '.' || format == std::chars_format::hex)) return {};
  const auto [end, error] = std::from_chars(begin, finish, value, format);
  if (end != finish || (error != std::errc{} && value != 0)) return {};
  if (bits == 32 && std::abs(value) > static_cast<double>(std::numeric_limits<float>::max())) return {};
  return negative ? -value : value;
}

std::optional<std::int64_t> parse_duration(std::string_view text) noexcept {
  bool negative = false;
  if (text.starts_with('-') || text.starts_with('+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text == "0") return 0;
  if (text.empty()) return {};
  constexpr std::uint64_t limit = std::uint64_t{1} << 63;
  std::uint64_t total = 0;
  while (!text.empty()) {
    if (text.front() != '.' && !ascii::is_digit(text.front())) return {};
    std::uint64_t value = 0;
    std::size_t at = 0;
    for (; at < text.size() && ascii::is_digit(text[at]); ++at) {
      if (value > limit / 10) return {};
      value = value * 10 + static_cast<std::uint64_t>(text[at] - '0');
      if (value > limit) return {};
    }
    bool digits = at != 0;
    double scale = 1;
    double fraction = 0;
    if (at < text.size() && text[at] == '.') {
      const std::size_t dot = at++;
      bool overflow = false;
      for (; at < text.size() && ascii::is_digit(text[at]); ++at) {
        if (overflow || fraction > static_cast<double>(limit - 1) / 10) {
          overflow = true;
          continue;
        }
        fraction = fraction * 10 + (text[at] - '0');
        scale *= 10;
      }
      digits = digits || at != dot + 1;
    }
    if (!digits) return {};
    text.remove_prefix(at);
    const auto end = std::find_if(text.begin(), text.end(), [](char c) { return c == '.' || ascii::is_digit(c); });
    const std::string_view unit = text.substr(0, static_cast<std::size_t>(end - text.begin()));
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
    const auto* known = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == unit; });
    if (known == units.end()) return {};
    if (value > limit / known->size) return {};
    value *= known->size;
    if (fraction > 0) {
      value += static_cast<std::uint64_t>(fraction * (static_cast<double>(known->size) / scale));
      if (value > limit) return {};
    }
    total += value;
    if (total > limit) return {};
    text.remove_prefix(unit.size());
  }
  if (negative) return -static_cast<std::int64_t>(total);
  if (total > limit - 1) return {};
  return static_cast<std::int64_t>(total);
}

}  // namespace corefile::go
