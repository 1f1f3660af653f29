// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"
#include "plugins/reader.hpp"

namespace corefile::rules::cluster_domain_nearly_usual {
namespace {

/// One letter too many, missing, wrong or swapped; a number tells clusters apart.
bool is_slip(std::string_view zone) {
  static constexpr std::array<std::string_view, 1> usual{"cluster.local"};
  if (same_name(zone, usual[0]) || !std::all_of(zone.begin(), zone.end(), [](char c) { return ascii::is_letter(c) || c == '.'; }))
    return false;
  return zone.size() + 1 >= usual[0].size() && zone.size() <= usual[0].size() + 1 && !plugins::nearest(zone, usual).empty();
}

/// `cache` names the usual domain: cluster-domain-mismatch says it.
bool is_told(Directive kubernetes) {
  const auto cache = kubernetes.config->block(kubernetes.block()).find(Plugin::cache);
  if (!cache) return false;
  const std::span<const Word> words = cache->words();
  return std::any_of(words.begin(), words.end(), [](const Word& word) { return same_name(zone_of(word), "cluster.local"); });
}

void check(Directive kubernetes, const Context& context, Report& report) {
  if (!context.cluster_domain.empty() || !context.load->loads()) return;
  for (const Word& zone : kubernetes.own_zones()) {
    const std::string_view name = zone_of(zone);
    if (zone.unknown || !is_slip(name) || is_told(kubernetes)) continue;
    Diagnostic& found = report.at(zone, fmt::format("`{}` is one slip from `cluster.local`, the usual domain of a cluster", name));
    found.notes.push_back("if pods ask for names below `cluster.local`, none of them exists, or they go to the upstream");
    found.help = "write `cluster.local`, or say with `--cluster-domain` that this is the domain";
    found.fixes.push_back({"write `cluster.local`", Safety::unsafe, {Fixer(*kubernetes.config).replace(zone, "cluster.local")}});
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::cluster_zones, .fixes = Fixes::always};

}  // namespace corefile::rules::cluster_domain_nearly_usual
