// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "go/net.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::hosts_shadows_cluster_name {
namespace {

void check(Directive hosts, const Context&, Report& report) {
  const auto kubernetes = hosts.config->block(hosts.block()).find(Plugin::kubernetes);
  if (!kubernetes) return;
  for (const Word& zone : kubernetes->zones()) {
    const std::string_view domain = zone_of(zone);
    if (domain.empty() || is_reverse_text(domain)) continue;
    for (const Property line : hosts.properties()) {
      if (line.name() == "fallthrough") break;
      if (!go::parse_ip(line.name())) continue;
      for (const Word& name : line.arguments()) {
        if (!covers(domain, name.text)) continue;
        Diagnostic& found = report.at(name, "`" + std::string(name.text) + "` is answered by `hosts`, whatever `kubernetes` knows of it");
        found.labels.push_back({hosts.config->place(zone), "in this zone of `kubernetes`"});
        found.notes.push_back("`hosts` is asked before `kubernetes`: if there is a Service of this name, its own address is never given");
        found.help = "make it a Service without selector, or an ExternalName Service, unless the name is overridden on purpose";
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}, .severity = Severity::info};

}  // namespace corefile::rules::hosts_shadows_cluster_name
