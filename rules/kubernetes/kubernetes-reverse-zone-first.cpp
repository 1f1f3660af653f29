// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::kubernetes_reverse_zone_first {
namespace {

void check(Directive kubernetes, const Context& context, Report& report) {
  const std::span<const Word> zones = kubernetes.own_zones();
  if (!context.load->loads() || zones.empty() || !all_known(zones) || !is_reverse_text(zone_of(zones.front()))) return;
  const auto domain = std::find_if(zones.begin(), zones.end(), [](const Word& zone) { return !is_reverse_text(zone_of(zone)); });
  const std::string cluster(context.cluster_domain.empty() ? std::string_view("cluster.local") : zone_of(context.cluster_domain));
  if (domain == zones.end()) {
    Diagnostic& found = report.at(zones, "`kubernetes` serves reverse zones alone, and no name of the cluster");
    found.notes.push_back("names such as `web.demo.svc.cluster.local` pass by, and PTR answers end in a reverse zone's name");
    found.help = fmt::format("name the cluster's domain first: `kubernetes {} in-addr.arpa ip6.arpa`", cluster);
    return;
  }
  Diagnostic& found = report.at(
      zones.front(),
      fmt::format("PTR answers end in `{}`: the first zone of `kubernetes` is taken for the cluster's domain", zones.front().text));
  found.label = "the first zone";
  found.labels.push_back({kubernetes.config->place(*domain), "the domain"});
  found.help = fmt::format("write the domain first: `kubernetes {} in-addr.arpa ip6.arpa`", domain->text);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::cluster_zones};

}  // namespace corefile::rules::kubernetes_reverse_zone_first
