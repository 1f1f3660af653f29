// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <corefile/rule.hpp>
#include <string>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"
#include "plugins/reader.hpp"

namespace corefile::rules::cluster_domain_mismatch {
namespace {

bool is_root(const Word& zone) { return zone_of(zone).empty(); }

// Any key or plugin of the file that is asked for this domain itself, a `kubernetes` apart from the cache beside it.
bool served(const Config& config, std::string_view domain) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    for (const Directive directive : block.directives()) {
      if (directive.is(Plugin::kubernetes) && any_covers(directive.zones(), domain)) return true;
      if (directive.is(Plugin::cache) || directive.is(Plugin::kubernetes)) continue;
      for (const Word& word : directive.arguments()) {
        if (!is_root(word) && overlap(zone_of(word), domain)) return true;
      }
    }
  }
  return false;
}

const Word* primary_zone(Directive kubernetes) {
  for (const Word& zone : kubernetes.arguments()) {
    if (!is_reverse_text(zone_of(zone))) return &zone;
  }
  return nullptr;
}

void report_mismatch(const Config& config, Directive kubernetes, std::string_view wanted, const Word* evidence, Report& report) {
  const Word* zone = primary_zone(kubernetes);
  const Word& at = zone != nullptr ? *zone : kubernetes.name_word();
  const std::string shown(wanted.ends_with('.') ? wanted.substr(0, wanted.size() - 1) : wanted);
  Diagnostic& found =
      report.at(at, evidence != nullptr ? "`kubernetes` serves `" + std::string(at.text) + "`, but `cache` names `" + shown + "`"
                                        : "`kubernetes` does not serve the cluster domain `" + shown + "`");
  found.label = "not `" + shown + "`";
  if (evidence != nullptr) found.labels.push_back({config.place(*evidence), "the domain named here"});
  found.notes.push_back(
      "pods ask for names under the kubelet's `clusterDomain`; where `kubernetes` serves another one, no Service is found");
  found.help = evidence != nullptr ? "make both the cluster's domain, which the `search` line of any pod's /etc/resolv.conf names"
                                   : "write `kubernetes " + shown + " in-addr.arpa ip6.arpa`";
  if (zone != nullptr) found.fixes.push_back({"serve `" + shown + "`", Safety::unsafe, {Fixer(config).replace(*zone, shown)}});
}

// A zone of the cluster: the usual domain, or one spelled much like what `kubernetes` serves. Any other may stay uncached for
// reasons of its own.
bool is_cluster_domain(std::string_view zone, const Word* primary) {
  if (same_name(zone, "cluster.local")) return true;
  const std::array<std::string_view, 1> served{primary != nullptr ? zone_of(*primary) : std::string_view()};
  return !plugins::nearest(zone, served).empty();
}

// `disable success Z` beside `kubernetes`: kubeadm writes the cluster's domain there.
const Word* disabled_elsewhere(ServerBlock block, Directive kubernetes) {
  const auto cache = block.find(Plugin::cache);
  if (!cache || !cache->properties().has("disable")) return nullptr;
  const Word* found = nullptr;
  for (const Property property : cache->properties()) {
    if (property.name() != "disable" || property.arguments().size() < 2) continue;
    for (const Word& zone : property.arguments().subspan(1)) {
      if (short_text::same(zone.text, kubernetes.arguments().front().text)) return nullptr;  // as any_overlaps says
      const std::span<const Word> one(&zone, 1);
      if (any_overlaps(one, kubernetes.arguments()) || !all_known(one)) return nullptr;
      if (found == nullptr && is_cluster_domain(zone_of(zone), primary_zone(kubernetes))) found = &zone;
    }
  }
  return found;
}

void check(const Config& config, const Context& context, Report& report) {
  if (context.role == Role::node_local || has_unresolved_import(config)) return;
  std::optional<Directive> first;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    const auto kubernetes = block.find(Plugin::kubernetes);
    if (!kubernetes || kubernetes->arguments().empty()) continue;
    if (!first) first = kubernetes;
    if (!context.cluster_domain.empty()) continue;
    const Word* other = disabled_elsewhere(block, *kubernetes);
    if (other != nullptr && all_known(kubernetes->arguments()) && !served(config, zone_of(*other)))
      report_mismatch(config, *kubernetes, other->text, other, report);
  }
  const bool whole = context.role != Role::custom_server && context.role != Role::custom_override;
  if (first && whole && !context.cluster_domain.empty() && all_known(first->arguments()) &&
      !served(config, zone_of(context.cluster_domain))) {
    report_mismatch(config, *first, context.cluster_domain, nullptr, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::cluster_domain_mismatch
