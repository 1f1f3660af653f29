// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/ascii.hpp"

/// Names that are nearly `in-addr.arpa` or `ip6.arpa`.
namespace corefile::rules::reverse_name {

/// Letters added, lost or changed, or two neighbours swapped, to get from one text to the other; 3 for more than two.
inline unsigned distance(std::string_view a, std::string_view b) {
  constexpr std::size_t longest = 16;
  if (a.size() > longest || b.size() > longest) return 3;
  std::array<std::array<unsigned, longest + 1>, longest + 1> cost{};
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = static_cast<unsigned>(i + j);
        continue;
      }
      const unsigned change = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({change, cost[i - 1][j] + 1, cost[i][j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return std::min(cost[a.size()][b.size()], 3U);
}

/// The part of the name that ought to be `in-addr.arpa` or `ip6.arpa`: the labels behind those of digits.
inline std::string_view without_digits(std::string_view name) {
  while (true) {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos || dot > 3 || name.substr(0, dot).find_first_not_of("0123456789abcdef") != std::string_view::npos)
      return name;
    name.remove_prefix(dot + 1);
  }
}

/// What was meant; empty if the name is right, or nothing like it.
inline std::string_view meant(std::string_view written) {
  if (written.ends_with('.')) written.remove_suffix(1);
  const std::string name = ascii::to_lower(written);
  if (name == "in-addr.arpa" || name == "ip6.arpa") return {};
  const std::string_view tail = without_digits(name);
  if (tail == "in-addr.arpaip6.arpa") return "in-addr.arpa ip6.arpa";
  if (tail == "ip6.arpain-addr.arpa") return "ip6.arpa in-addr.arpa";
  if (tail.starts_with("in-addr.a") && tail.size() < std::string_view("in-addr.arpa").size()) return "in-addr.arpa";
  if (tail.ends_with("in-addr.arpa") || tail.ends_with("ip6.arpa")) {
    const std::string_view whole = tail.ends_with("ip6.arpa") ? "ip6.arpa" : "in-addr.arpa";
    const bool joined =
        tail.size() > whole.size() && tail[tail.size() - whole.size() - 1] != '.' && tail[tail.size() - whole.size() - 1] != '-';
    return joined && distance(tail, whole) < 3 ? whole : std::string_view{};
  }
  if (distance(tail, "in-addr.arpa") < 3) return "in-addr.arpa";
  // So short a name has many neighbours: one slip only, and a known half of it.
  if (distance(tail, "ip6.arpa") < 2 || tail == "ipv6.arpa") return "ip6.arpa";
  return {};
}

}  // namespace corefile::rules::reverse_name
