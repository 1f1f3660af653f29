// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace corefile {

/// A set of bytes: one look at a table each, where find_first_of searches its argument for every byte of the text.
class ByteSet {
 public:
  constexpr ByteSet() = default;
  constexpr explicit ByteSet(std::string_view bytes) noexcept { add(bytes); }
  constexpr void add(std::string_view bytes) noexcept {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }
  constexpr bool has(char c) const noexcept { return has_[static_cast<unsigned char>(c)]; }
  constexpr bool any_in(std::string_view text) const noexcept {
    for (const char c : text) {
      if (has(c)) return true;
    }
    return false;
  }
  constexpr bool all_in(std::string_view text) const noexcept {
    for (const char c : text) {
      if (!has(c)) return false;
    }
    return true;
  }

 private:
  std::array<bool, 256> has_{};
};

}  // namespace corefile
