// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "base/ascii.hpp"

namespace corefile::resolve_detail {

/// A usual zone, of which nothing else needs to be asked: lower case, no CIDR, no escapes, no label empty or too long.
inline bool is_plain_zone(std::string_view text) noexcept {
  constexpr std::size_t longest_label = 63;
  constexpr std::size_t longest = 240;
  if (text == ".") return true;
  if (text.empty() || text.size() > longest) return false;
  std::size_t label = 0;
  for (const char c : text) {
    if (c == '.' && label == 0) return false;
    label = c == '.' ? 0 : label + 1;
    const bool usual = ascii::is_lower(c) || ascii::is_digit(c) || c == '-' || c == '.' || c == '_';
    if (!usual || label > longest_label) return false;
  }
  return true;
}

}  // namespace corefile::resolve_detail
