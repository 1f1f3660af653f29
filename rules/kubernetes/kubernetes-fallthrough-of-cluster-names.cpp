// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/upstream.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::kubernetes_fallthrough_of_cluster_names {
namespace {

const Word* cluster_zone(Directive kubernetes) {
  for (const Word& zone : kubernetes.zones()) {
    const std::string_view name = zone_of(zone);
    if (!name.empty() && !is_reverse_text(name) && zone.unknown == 0) return &zone;
  }
  return nullptr;
}

void check(Directive kubernetes, const Context& context, Report& report) {
  const auto line = kubernetes.properties().find("fallthrough");
  if (!line || !context.load->loads() || any_covers(kubernetes.zones(), "")) return;
  const Word* zone = cluster_zone(kubernetes);
  if (zone == nullptr || (!line->arguments().empty() && !any_covers(line->arguments(), zone_of(*zone)))) return;
  std::vector<Directive> behind = shadowed_backends(kubernetes, {zone, 1}, context.release);
  // A zone file or etcd with names of its own is what fallthrough is for.
  for (const Directive other : behind) {
    if (!is_forwarder(other.plugin())) return;
  }
  if (behind.empty()) return;
  Diagnostic& found = report.at(line->words, fmt::format("names of `{}` that do not exist are asked of the upstream", zone->text));
  found.label = line->arguments().empty() ? "for all zones" : "for the cluster's zone too";
  found.labels.push_back({place_of(behind.front()), "asked for them"});
  found.notes.push_back("every name that pods try on their search list leaves the cluster, and the answer is the upstream's");
  found.help = "write `fallthrough in-addr.arpa ip6.arpa`, unless the upstream serves names of this zone";
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::kubernetes},
                                 .lines = {"fallthrough"},
                                 .needs = Precondition::cluster_zones,
                                 .severity = Severity::info};

}  // namespace corefile::rules::kubernetes_fallthrough_of_cluster_names
