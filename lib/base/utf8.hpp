// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// UTF-8 as Go's unicode/utf8 reads it: a byte that begins no valid sequence is U+FFFD, one byte long.
namespace corefile::utf8 {

struct Rune {
  char32_t value = 0xFFFD;
  std::uint32_t size = 1;
  bool valid = false;
};

/// The first rune of a text that is not empty.
Rune decode(std::string_view text) noexcept;
void append(std::string& out, char32_t rune);
bool valid(std::string_view text) noexcept;
bool ascii(std::string_view text) noexcept;
/// Columns a terminal gives the rune: 0 for combining marks and other zero-width ones, 2 for wide East
/// Asian ones and emoji, else 1.
int width(char32_t rune) noexcept;

}  // namespace corefile::utf8
