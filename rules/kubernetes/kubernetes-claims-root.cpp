// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <string>

#include "base/ascii.hpp"
#include "lint/fixer.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::kubernetes_claims_root {
namespace {

/// A block for `svc` and `pod` alone: the names of Services without the cluster's domain, which is what `kubernetes .` serves.
bool is_for_short_names(ServerBlock block) {
  const std::span<const Word> keys = block.keys();
  return !keys.empty() && std::all_of(keys.begin(), keys.end(), [](const Word& key) {
    const std::string_view zone = zone_of(key);
    return same_name(zone, "svc") || same_name(zone, "pod") || zone.ends_with(".svc") || zone.ends_with(".pod");
  });
}

void check(Directive kubernetes, const Context& context, Report& report) {
  const Config& config = *kubernetes.config;
  const ServerBlock block = config.block(kubernetes.block());
  if (block.fragment() || is_for_short_names(block)) return;
  const std::span<const Word> zones = kubernetes.zones();
  const bool inherited = kubernetes.arguments().empty();
  const Word* root = nullptr;
  for (const Word& zone : zones) {
    if (zone.unknown != 0) return;
    if (zone_of(zone).empty() && root == nullptr) root = &zone;
  }
  if (root == nullptr) return;

  const std::string domain(context.cluster_domain.empty() ? "cluster.local" : zone_of(context.cluster_domain));
  const Word& at = inherited ? kubernetes.name_word() : *root;
  Diagnostic& found =
      report.at(at, inherited ? "`kubernetes` without a zone claims every name of this block" : "`kubernetes` claims every name");
  found.label = "the zone is `.`";
  if (inherited) found.labels.push_back({config.place(*root), "taken from here"});
  std::vector<std::string> names{"kubernetes.default.svc." + ascii::to_lower(domain) + "."};
  if (!kubernetes.properties().has("fallthrough")) names.insert(names.begin(), "www.example.com.");
  const auto judge = [kubernetes](const Trace& way) { return step_of(way, kubernetes) != nullptr ? Says::shows : Says::nothing; };
  context.ways->ask(block, names, {}, judge).add_to(found);
  found.notes.push_back(
      kubernetes.properties().find("fallthrough")
          ? "a Service is then `web.demo.svc.`, without the cluster's domain, and the names that pods use go upstream"
          : "names outside the cluster do not exist (NXDOMAIN), and a Service is `web.demo.svc.`, without the cluster's domain");
  found.help = "name the cluster's zones: `kubernetes " + domain + " in-addr.arpa ip6.arpa`";
  if (inherited) {
    found.fixes.push_back({"serve `" + domain + "` and the reverse zones",
                           Safety::unsafe,
                           {Fixer(config).insert_behind(kubernetes.name_word(), " " + domain + " in-addr.arpa ip6.arpa")}});
  } else if (zones.size() == 1) {
    found.fixes.push_back({"serve `" + domain + "` and the reverse zones",
                           Safety::unsafe,
                           {Fixer(config).replace(*root, domain + " in-addr.arpa ip6.arpa")}});
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::cluster_zones, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::kubernetes_claims_root
