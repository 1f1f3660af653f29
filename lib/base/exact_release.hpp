// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>
#include <optional>
#include <string_view>

namespace corefile {

/// `1.11.3` or `v1.11.3`; none for other texts.
constexpr std::optional<Release> parse_exact_release(std::string_view text) noexcept {
  if (text.starts_with('v')) text.remove_prefix(1);
  std::uint16_t parts[3]{};
  for (int i = 0; i < 3; ++i) {
    std::uint32_t value = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
      value = value * 10 + static_cast<std::uint32_t>(text[digits] - '0');
      if (value > 0xFFFF) return {};
    }
    if (digits == 0) return {};
    parts[i] = static_cast<std::uint16_t>(value);
    text.remove_prefix(digits);
    if (i == 2) break;
    if (!text.starts_with('.')) return {};
    text.remove_prefix(1);
  }
  if (!text.empty()) return {};
  return Release{parts[0], parts[1], parts[2]};
}

}  // namespace corefile
