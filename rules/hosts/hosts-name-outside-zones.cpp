// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "go/net.hpp"
#include "lint/key_mistake.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::hosts_name_outside_zones {
namespace {

void check(Directive hosts, const Context&, Report& report) {
  const std::span<const Word> zones = hosts.zones();
  if (zones.empty() || any_covers(zones, "") || !all_known(zones)) return;
  for (const Word& zone : zones) {
    if (is_reverse_text(zone_of(zone))) return;
  }
  const ServerBlock block = hosts.config->block(hosts.block());
  if (hosts.own_zones().empty() && (has_odd_key(block) || key_mistake_of(block) != KeyMistake::none)) return;
  const ZoneSet own(zones);
  for (const Property line : hosts.properties()) {
    if (line.name() == "fallthrough") return;
    if (!go::parse_ip(line.name())) continue;
    for (const Word& name : line.arguments()) {
      if (own.covers(name.text)) continue;
      if (!all_known(line.words)) break;
      Diagnostic& found = report.at(name, "`" + std::string(name.text) + "` lies outside the zones of `hosts`");
      found.label = "not in `" + std::string(zone_of(zones.front())) + "`";
      found.labels.push_back({hosts.config->place(zones.front()), zones.size() == 1 ? "the only zone" : "the first zone"});
      found.notes.push_back("`hosts` drops names outside its zones without a message");
      found.help = "write it in full, or move it to the server block whose zone it is in";
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}};

}  // namespace corefile::rules::hosts_name_outside_zones
