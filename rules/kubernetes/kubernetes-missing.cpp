// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::kubernetes_missing {
namespace {

constexpr std::string_view usual_domain = "cluster.local";

// Somebody answers for the cluster's names in another way, or a plugin that is not known here may.
bool answered_otherwise(const Config& config, std::string_view domain) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    for (const Word& key : block.keys()) {
      const std::string_view zone = zone_of(key);
      if (key.unknown != 0 || (!zone.empty() && overlap(zone, domain)) || zone.ends_with(".local")) return true;
    }
    for (const Directive directive : block.directives()) {
      // etcd: SkyDNS's way to serve a cluster, or a server for something else that only shares its name.
      if (!is_stock_plugin(directive.plugin()) || directive.is(Plugin::etcd)) return true;
      if (directive.has_block() && directive.properties().has("kubernetes")) return true;  // see plugin-in-plugin-block
      if (!is_backend(directive.plugin())) continue;
      for (const Word& word : directive.zones()) {
        const std::string_view zone = zone_of(word);
        if (word.unknown != 0 || (!zone.empty() && overlap(zone, domain))) return true;
      }
    }
  }
  return false;
}

// The block that gets the queries for Services: the root's, else the first.
std::uint32_t asked_block(const Config& config) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    if (any_covers(config.block(i).keys(), "")) return i;
  }
  return 0;
}

// A server of a few names of its own, in a ConfigMap that is merely called coredns, neither forwards nor is probed.
bool looks_like_cluster_dns(const Config& config, const Context& context) {
  if (context.platform != nullptr) return true;
  for (const Directive directive : config.directives()) {
    if (is_forwarder(directive.plugin()) || directive.is(Plugin::health) || directive.is(Plugin::ready)) return true;
  }
  return config.block_count() == 0;
}

void check(const Config& config, const Context& context, Report& report) {
  if (context.role != Role::cluster || !config.accepted() || context.readings->differ() || has_unresolved_import(config)) return;
  if (config.has(Plugin::kubernetes)) return;
  const std::string_view domain = context.cluster_domain.empty() ? usual_domain : context.cluster_domain;
  if (!looks_like_cluster_dns(config, context) || answered_otherwise(config, domain)) return;

  const Place where = config.block_count() == 0 ? Place{} : config.block(asked_block(config)).head();
  Diagnostic& found = report.at(where, "no server block has the `kubernetes` plugin");
  found.label = "no `kubernetes` here";
  found.notes.push_back(
      config.block_count() == 0
          ? "without a server block CoreDNS starts with `whoami`: every name, the cluster's too, is answered without data"
      : config.has(Plugin::forward)
          ? "this is the cluster's own Corefile, and nothing in it knows Services and pods: their names are sent upstream and do "
            "not exist there"
          : "this is the cluster's own Corefile, and nothing in it knows Services and pods");
  found.help = "add `kubernetes " + std::string(domain) + " in-addr.arpa ip6.arpa` to the block that answers the pods";
  if (config.block_count() == 0) return;
  const ServerBlock block = config.block(asked_block(config));
  if (block.directives().empty()) return;
  const std::string lines =
      "kubernetes " + std::string(domain) + " in-addr.arpa ip6.arpa {\n\tpods insecure\n\tfallthrough in-addr.arpa ip6.arpa\n\tttl 30\n}";
  if (auto edit = Fixer(config).add_before(*block.directives().begin(), lines))
    found.fixes.push_back({"insert kubeadm's `kubernetes` block", Safety::unsafe, {*edit}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::in_cluster, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::kubernetes_missing
