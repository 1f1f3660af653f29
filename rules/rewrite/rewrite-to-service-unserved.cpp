// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "../forward/resolvers.hpp"
#include "lint/stanzas.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::rewrite_to_service_unserved {
namespace {

constexpr std::string_view usual_domain = "cluster.local";

/// The place of `svc` in a Service's name: some labels, `svc`, a domain that is the cluster's as far as is known.
bool is_service(std::string_view name, std::string_view domain) {
  if (!domain.empty() && covers(domain, name)) return true;
  return covers(usual_domain, name);
}

/// A resolver that the block with `kubernetes` asks for other names is not the cluster's own.
bool is_asked_beside_kubernetes(const Config& config, std::string_view upstream) {
  for (const Directive forward : forwarders(config)) {
    if (!config.block(forward.block()).has(Plugin::kubernetes)) continue;
    for (const Word& word : forward.upstreams()) {
      if (word.text == upstream) return true;
    }
  }
  return false;
}

/// node-local-dns asks the cluster's DNS in the block for the cluster's names, and in this one somebody else.
bool is_beside_cluster_dns(const Config& config, const Word& word) {
  for (const Directive forward : forwarders(config)) {
    const auto keys = config.block(forward.block()).keys();
    const bool cluster = std::any_of(keys.begin(), keys.end(), [](const Word& key) { return same_name(zone_of(key), usual_domain); });
    if (!cluster || !all_known(forward.upstreams()) || forward.upstreams().empty()) continue;
    return std::none_of(forward.upstreams().begin(), forward.upstreams().end(), [&](const Word& one) { return one.text == word.text; });
  }
  return false;
}

bool knows_no_service(const Config& config, const Word& word, const Context& context) {
  const Upstream upstream = read_upstream(word);
  if (is_public(upstream)) return true;
  if (upstream.kind == Upstream::Kind::unknown) return false;
  const bool in_cluster = context.role == Role::cluster || context.role == Role::custom_server || context.role == Role::node_local;
  if (names_resolv_conf(upstream)) return in_cluster;
  if (context.role == Role::node_local && is_beside_cluster_dns(config, word)) return true;
  return is_asked_beside_kubernetes(config, word.text);
}

/// All upstreams that the name would be asked of; empty if something else may answer.
const Word* asked_instead(ServerBlock block, std::string_view name, const Context& context) {
  const Word* first = nullptr;
  for (const Directive directive : block.directives()) {
    if (!is_stock_plugin(directive.plugin())) return nullptr;
    if (is_forwarder(directive.plugin())) {
      if (directive.properties().has("except") || directive.upstreams().empty()) return nullptr;
      const Word* from = from_word(directive);
      if (from == nullptr || !comparable(*from) || !covers(zone_of(*from), name)) continue;
      for (const Word& word : directive.upstreams()) {
        if (!knows_no_service(*block.config, word, context)) return nullptr;
      }
      if (first == nullptr) first = &directive.upstreams().front();
    } else if (is_backend(directive.plugin()) && any_covers(directive.zones(), name)) {
      return nullptr;
    }
  }
  return first;
}

void check(Directive rewrite, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const auto& rule = context.stanzas->name_rule(rewrite);
  if (!rule) return;
  const std::string_view name = made_end(*rule);
  if (name.empty() || !is_service(name, zone_of(context.cluster_domain))) return;
  const Config& config = *rewrite.config;
  const ServerBlock block = config.block(rewrite.block());
  if (block.fragment() || has_unresolved_import(config)) return;
  const Word* upstream = asked_instead(block, name, context);
  if (upstream == nullptr) return;
  Diagnostic& found = report.at(*rule->to, fmt::format("`{}` is asked for Services, and does not know them", upstream->text));
  found.label = "a name of the cluster";
  found.labels.push_back({config.place(*upstream), "asked for it"});
  found.notes.push_back(
      "a rewritten name stays in its server block: no other block is looked at again, so `kubernetes` there does not get it");
  found.help = "put `kubernetes cluster.local` into this block, or forward to the cluster's DNS Service";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}};

}  // namespace corefile::rules::rewrite_to_service_unserved
