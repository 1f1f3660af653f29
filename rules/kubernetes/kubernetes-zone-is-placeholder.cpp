// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::kubernetes_zone_is_placeholder {
namespace {

constexpr std::array<std::string_view, 6> names{"clusterdomain", "dnsdomain", "domain", "domainname", "yourdomain", "k8sdomain"};

/// `dns_domain`, `CLUSTER-DOMAIN`: letters alone.
bool is_setting(std::string_view zone) {
  if (zone.find('.') != std::string_view::npos) return false;
  std::string letters;
  for (const char c : zone) {
    if (ascii::is_letter(c)) letters += ascii::lower(c);
    if (!ascii::is_alnum(c) && c != '_' && c != '-') return false;
  }
  return std::find(names.begin(), names.end(), letters) != names.end();
}

void check(Directive kubernetes, const Context& context, Report& report) {
  if (!all_known(kubernetes.arguments())) return;
  for (const Word& zone : kubernetes.own_zones()) {
    if (!is_setting(zone.text)) continue;
    if (!context.cluster_domain.empty() && same_name(zone_of(context.cluster_domain), zone_of(zone))) return;
    Diagnostic& found = report.at(zone, fmt::format("`{}` is the name of a setting, not the cluster's domain", zone.text));
    found.label = "served as it stands";
    found.notes.push_back("names of the cluster, such as `web.demo.svc.cluster.local`, are not below it and go to the upstream");
    found.help = "write the domain that the kubelet's `clusterDomain` names, usually `cluster.local`";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::cluster_zones};

}  // namespace corefile::rules::kubernetes_zone_is_placeholder
