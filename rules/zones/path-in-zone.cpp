// SPDX-License-Identifier: Apache-2.0
#include "go/net.hpp"
#include "zones.hpp"

namespace corefile::rules::path_in_zone {
namespace {

/// `10.0.0.0/33`, `10.0.O.0/16`: meant as a network.
bool is_like_network(std::string_view zone) {
  const std::string_view address = zone.substr(0, zone.find_first_of("/\\"));
  return address.find_first_of("0123456789") != std::string_view::npos &&
         address.find_first_not_of("0123456789abcdefABCDEFoOlI.:") == std::string_view::npos;
}

/// RFC 2317: `0/25.2.0.192.in-addr.arpa`, a name below a reverse zone whose first label holds a network's length.
bool is_classless(std::string_view zone) {
  if (zone.ends_with('.')) zone.remove_suffix(1);
  return zone.ends_with(".in-addr.arpa") && zone.find('/') < zone.find('.');
}

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (word.text.find_first_of("/\\") == std::string_view::npos) return;
    const Key key = read_key(word.text, context.release);
    const std::string_view zone = key.zone_text;
    const std::size_t slash = zone.find_first_of("/\\");
    if (slash == std::string_view::npos || !is_zone(block, key) || key.transport == Transport::unix_socket) return;
    if (zone.find("://") != std::string_view::npos || go::parse_cidr(zone) || is_classless(zone)) return;
    if (is_like_network(zone)) {
      Diagnostic& found = report.at(part(config, word, zone), fmt::format("`{}` is not a network, so it is served as a name", zone));
      found.notes.push_back(fmt::format("the block serves the zone `{}`, and reverse lookups never reach it", key.zones.front()));
      found.help = "write a network such as `10.0.0.0/24`, or the reverse zone itself, `0.0.10.in-addr.arpa`";
      return;
    }
    const Place at = part(config, word, zone.substr(slash));
    Diagnostic& found = report.at(at, fmt::format("`{}` is read as part of the zone's name", zone.substr(slash)));
    found.notes.push_back(fmt::format("the block serves the zone `{}`, which nobody asks for", key.zones.front()));
    found.help = "a key has no path; DNS over HTTPS is always served under `/dns-query`";
    if (slash != 0) found.fixes.push_back({"remove the path", Safety::safe, {{at, ""}}});
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::slash | Precondition::odd_byte, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::path_in_zone
