// SPDX-License-Identifier: Apache-2.0
#include "go/net.hpp"
#include "zones.hpp"

namespace corefile::rules::port_in_zone {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    const std::size_t first = word.text.find(':');
    if (first == std::string_view::npos) return;
    const std::string_view digits = word.text.substr(first + 1);
    if (digits.find_first_not_of("0123456789") == std::string_view::npos && word.text.front() != ',') return;
    const Key key = read_key(word.text, context.release);
    const std::string_view zone = key.zone_text;
    if (!is_zone(block, key) || zone.find("://") != std::string_view::npos || zone.find_first_of("/[") != std::string_view::npos) return;
    if (go::parse_ip(zone) || go::parse_ip(word.text)) return;
    const std::size_t colon = zone.rfind(':');
    if (colon == std::string_view::npos) {
      if (zone != ",") return;
      Diagnostic& found = report.at(part(config, word, zone), "`,` is read as the zone's name");
      found.help = "write `.` for all names";
      found.fixes.push_back({"write `.`", Safety::safe, {{part(config, word, zone), "."}}});
      return;
    }
    const Place at = part(config, word, colon == 0 ? zone : zone.substr(colon));
    Diagnostic& found = report.at(at, fmt::format("`{}` is read as part of the zone's name", colon == 0 ? zone : zone.substr(colon)));
    found.notes.push_back(fmt::format("only a number behind the last colon is a port: the block serves the zone `{}` on port {}",
                                      key.zones.front(), key.port));
    found.help = "write the port as a number behind the zone: `example.org:53`, `.:53`";
    const std::string_view behind = zone.substr(colon + 1);
    if (go::parse_ip(behind))
      found.help = fmt::format("write `{}:{}`, and `bind {}` into the block: keys hold no address to listen on",
                               colon == 0 ? "." : zone.substr(0, colon), key.port, behind);
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::odd_key, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::port_in_zone
