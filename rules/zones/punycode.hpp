// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/utf8.hpp"

namespace corefile::rules {

/// One label as `xn--…` (RFC 3492). No mapping: the label must be lower-case and composed.
inline std::string punycode(std::string_view label) {
  std::u32string runes;
  for (std::size_t at = 0; at < label.size();) {
    const utf8::Rune rune = utf8::decode(label.substr(at));
    runes.push_back(rune.value);
    at += rune.size;
  }
  std::string out = "xn--";
  for (const char32_t rune : runes) {
    if (rune < 0x80) out.push_back(static_cast<char>(rune));
  }
  std::uint32_t handled = static_cast<std::uint32_t>(out.size()) - 4;
  const std::uint32_t basic = handled;
  if (basic > 0) out.push_back('-');
  constexpr std::uint32_t base = 36, tmin = 1, tmax = 26, skew = 38, damp = 700;
  std::uint32_t n = 128, delta = 0, bias = 72;
  const auto digit = [](std::uint32_t value) { return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26)); };
  while (handled < runes.size()) {
    std::uint32_t next = 0xFFFFFFFF;
    for (const char32_t rune : runes) {
      if (rune >= n && rune < next) next = rune;
    }
    delta += (next - n) * (handled + 1);
    n = next;
    for (const char32_t rune : runes) {
      if (rune < n) ++delta;
      if (rune != n) continue;
      std::uint32_t q = delta;
      for (std::uint32_t k = base;; k += base) {
        const std::uint32_t t = k <= bias ? tmin : k >= bias + tmax ? tmax : k - bias;
        if (q < t) break;
        out.push_back(digit(t + (q - t) % (base - t)));
        q = (q - t) / (base - t);
      }
      out.push_back(digit(q));
      delta = handled == basic ? delta / damp : delta / 2;
      delta += delta / (handled + 1);
      std::uint32_t k = 0;
      for (; delta > ((base - tmin) * tmax) / 2; k += base) delta /= base - tmin;
      bias = k + (base - tmin + 1) * delta / (delta + skew);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
  return out;
}

}  // namespace corefile::rules
