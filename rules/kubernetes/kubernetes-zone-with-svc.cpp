// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::kubernetes_zone_with_svc {
namespace {

void check(Directive kubernetes, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Word& zone : kubernetes.own_zones()) {
    const std::string_view name = zone_of(zone);
    if (zone.unknown || (!name.starts_with("svc.") && !name.starts_with("pod."))) continue;
    if (!context.cluster_domain.empty() && same_name(zone_of(context.cluster_domain), name)) return;
    const std::string meant(name.substr(name.find('.') + 1));
    if (any_covers(kubernetes.own_zones().first(1), meant) && &zone != kubernetes.own_zones().data()) return;
    Diagnostic& found = report.at(zone, fmt::format("a Service's name would be `web.demo.svc.{}` here", name));
    found.label = "`svc` twice";
    found.notes.push_back(fmt::format("`kubernetes` puts `svc` and `pod` before its zone itself: `web.demo.{}` does not exist", name));
    found.help = fmt::format("write `{}`", meant);
    found.fixes.push_back({fmt::format("write `{}`", meant), Safety::unsafe, {Fixer(*kubernetes.config).replace(zone, meant)}});
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::cluster_zones, .fixes = Fixes::always};

}  // namespace corefile::rules::kubernetes_zone_with_svc
