// SPDX-License-Identifier: Apache-2.0
#include "lint/acl.hpp"

#include <algorithm>
#include <vector>

#include "go/net.hpp"
#include "lint/zones.hpp"

namespace corefile {
namespace {

constexpr std::size_t most_rules = 64;

struct Sources {
  std::vector<go::Cidr> networks;  ///< empty: all, or not known
  bool every_type = true;
};

std::optional<go::Cidr> network_of(std::string_view text) {
  if (auto network = go::parse_cidr(text)) return network;
  const auto ip = go::parse_ip(text);
  if (!ip) return {};
  const std::uint8_t bits = ip->is4 ? 32 : 128;
  return go::Cidr{*ip, *ip, bits, bits};
}

Sources sources_of(Property rule) {
  Sources found;
  bool types = false;
  for (const Word& word : rule.arguments()) {
    if (same_name(word.text, "net") || same_name(word.text, "type")) {
      types = same_name(word.text, "type");
      continue;
    }
    if (types) {
      found.every_type = found.every_type && word.text == "*";
      continue;
    }
    const auto network = network_of(word.text);
    if (word.unknown || !network) return {};
    found.networks.push_back(*network);
  }
  return found;
}

bool holds(const go::Cidr& wide, const go::Cidr& narrow) {
  return wide.bits == narrow.bits && wide.ones <= narrow.ones && go::masked(narrow.network, wide.ones) == wide.network;
}

}  // namespace

bool fits_every_query(Property rule) noexcept {
  for (const Word& word : rule.arguments()) {
    if (word.unknown) return false;
    if (word.text != "*" && !same_name(word.text, "net") && !same_name(word.text, "type")) return false;
  }
  return true;
}

std::optional<Property> rule_around(Directive acl, Property line) {
  const Sources own = sources_of(line);
  if (own.networks.empty()) return {};
  std::size_t count = 0;
  for (const Property earlier : acl.properties()) {
    if (earlier.words.data() >= line.words.data() || ++count > most_rules) return {};
    const Sources wide = sources_of(earlier);
    if (!wide.every_type || wide.networks.empty()) continue;
    const bool all = std::all_of(own.networks.begin(), own.networks.end(), [&](const go::Cidr& one) {
      return std::any_of(wide.networks.begin(), wide.networks.end(), [&](const go::Cidr& other) { return holds(other, one); });
    });
    if (all) return earlier;
  }
  return {};
}

}  // namespace corefile
