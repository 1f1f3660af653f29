// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::k8s_external_inside_cluster_zone {
namespace {

void check(Directive external, const Context& context, Report& report) {
  if (!context.load->loads() || external.properties().has("fallthrough")) return;
  const auto kubernetes = external.config->block(external.block()).find(Plugin::kubernetes);
  if (!kubernetes) return;
  for (const Word& own : external.zones()) {
    if (own.unknown || is_reverse_text(zone_of(own))) continue;
    for (const Word& zone : kubernetes->zones()) {
      if (zone.unknown || is_reverse_text(zone_of(zone)) || zone_of(zone).empty() || !overlap(zone_of(own), zone_of(zone))) continue;
      Diagnostic& found = report.at(external.own_zones().empty() ? external.name_word() : own,
                                    fmt::format("`k8s_external` answers for `{}` before `kubernetes` does", own.text));
      found.label = "Services with external addresses alone";
      found.labels.push_back({external.config->place(zone), "the cluster's zone"});
      found.notes.push_back("it knows external IPs only: a Service without one does not exist (NXDOMAIN)");
      found.help = "give it a zone of its own outside of the cluster's, such as `k8s_external example.org`";
      return;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::k8s_external}};

}  // namespace corefile::rules::k8s_external_inside_cluster_zone
