// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace corefile {

/// Names are short: they are compared and hashed without a loop and without a call.
namespace short_text {

/// The bytes as a number, the first one lowest: one load, however little the compiler optimises.
template <typename Number>
[[gnu::always_inline]] constexpr Number load(const char* at) noexcept {
  Number number = 0;
  if (std::endian::native == std::endian::little && !std::is_constant_evaluated()) {
    std::memcpy(&number, at, sizeof number);
    return number;
  }
  for (std::size_t i = sizeof number; i-- > 0;) number = static_cast<Number>(number << 8U) | static_cast<unsigned char>(at[i]);
  return number;
}
constexpr std::uint32_t load4(const char* at) noexcept { return load<std::uint32_t>(at); }
constexpr std::uint64_t load8(const char* at) noexcept { return load<std::uint64_t>(at); }

/// Not 0 where some byte of `word` is `byte`, and only there (Alan Mycroft's test).
constexpr std::uint64_t bytes_equal(std::uint64_t word, char byte) noexcept {
  constexpr std::uint64_t each = 0x0101010101010101U;
  const std::uint64_t x = word ^ each * static_cast<unsigned char>(byte);
  return (x - each) & ~x & each << 7U;
}

/// Whether a byte stands in the text.
constexpr bool holds(std::string_view text, char byte) noexcept {
  if (text.size() > 32) return text.find(byte) != std::string_view::npos;
  if (text.size() < 8) {
    for (const char c : text) {
      if (c == byte) return true;
    }
    return false;
  }
  std::uint64_t found = bytes_equal(load8(text.data() + text.size() - 8), byte);
  for (std::size_t i = 0; i + 8 < text.size(); i += 8) found |= bytes_equal(load8(text.data() + i), byte);
  return found != 0;
}

/// No more than small letters, digits, `-`, `/` and dots, and no dot as the last. Of a text of less than eight bytes at the
/// end of `all`, in which it lies, false as well.
inline bool is_bare(std::string_view text, std::string_view all) noexcept {
  constexpr std::uint64_t each = 0x0101010101010101U;
  constexpr std::uint64_t high = each << 7U;
  // The high bit of a byte that is none of them.
  const auto others = [](std::uint64_t x) {
    const std::uint64_t low = x & ~high;
    const std::uint64_t letter = (low + each * (0x80 - 'a')) & ~(low + each * (0x7F - 'z'));
    const std::uint64_t sign = (low + each * (0x80 - '-')) & ~(low + each * (0x7F - '9'));
    return (x | ~(letter | sign)) & high;
  };
  const std::size_t size = text.size();
  if (size == 0 || text.back() == '.') return false;
  std::uint64_t first = 0;
  if (size >= 8) {
    std::memcpy(&first, text.data() + size - 8, 8);
    std::uint64_t odd = others(first);
    for (std::size_t at = 0; at + 8 < size && odd == 0; at += 8) {
      std::memcpy(&first, text.data() + at, 8);
      odd = others(first);
    }
    return odd == 0;
  }
  if (static_cast<std::size_t>(all.data() + all.size() - text.data()) < 8 || std::endian::native != std::endian::little) return false;
  std::memcpy(&first, text.data(), 8);
  const std::uint64_t own = (std::uint64_t{1} << size * 8) - 1;
  return (others(first) & own) == 0;
}

[[gnu::always_inline]] constexpr bool same(std::string_view a, std::string_view b) noexcept {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size > 16) return a == b;
  const char* const x = a.data();
  const char* const y = b.data();
  if (size >= 8) return load8(x) == load8(y) && load8(x + size - 8) == load8(y + size - 8);
  if (size >= 4) return load4(x) == load4(y) && load4(x + size - 4) == load4(y + size - 4);
  return size == 0 || (x[0] == y[0] && x[size / 2] == y[size / 2] && x[size - 1] == y[size - 1]);
}

}  // namespace short_text

}  // namespace corefile
