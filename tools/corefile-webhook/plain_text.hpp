// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/short_text.hpp"

namespace corefile::webhook {

/// How many bytes at the front JSON writes as they are: printable ASCII but `"` and `\`. Eight at a time, since most of a review is texts.
inline std::size_t plain_size(std::string_view text) noexcept {
  constexpr std::uint64_t each = 0x0101010101010101U;
  constexpr std::uint64_t high = each << 7U;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    const std::uint64_t word = short_text::load8(text.data() + at);
    const std::uint64_t control = (word - each * ' ') & ~word;
    const std::uint64_t above = word | (word + each);  // DEL too
    if (((control | above) & high) != 0 || short_text::bytes_equal(word, '"') != 0 || short_text::bytes_equal(word, '\\') != 0) break;
  }
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

}  // namespace corefile::webhook
