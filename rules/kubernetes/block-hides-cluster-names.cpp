// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::block_hides_cluster_names {
namespace {

constexpr std::string_view ten = "10.in-addr.arpa";  // where Services and pods of most clusters have their addresses

/// Whoever else may know the names of Services.
bool asks_another(ServerBlock block) {
  if (block.has(Plugin::etcd) || block.has(Plugin::secondary) || has_foreign_plugin(block)) return true;
  return std::any_of(block.directives().begin(), block.directives().end(), [](Directive one) { return is_forwarder(one.plugin()); });
}

/// The zone of `kubernetes` in another block that holds the key's; null if there is none.
const Word* served_above(const Config& config, ServerBlock block, std::string_view zone) {
  for (const Directive directive : config.directives()) {
    if (!directive.is(Plugin::kubernetes) || directive.block() == block.index) continue;
    for (const Word& word : directive.zones()) {
      const std::string_view own = zone_of(word);
      if (!own.empty() && own.size() < zone.size() && covers(own, zone)) return &word;
    }
  }
  return nullptr;
}

void tell_names(const Word& key, const Word& served, ServerBlock block, Report& report) {
  const std::string_view zone = zone_of(key);
  Diagnostic& found = report.at(key, fmt::format("this block takes the names below `{}` away from `kubernetes`", zone));
  // A template may be there to say that there are none.
  if (block.has(Plugin::template_)) found.severity = Severity::info;
  found.label = "the longest zone wins";
  found.labels.push_back({block.config->place(served), "serves them"});
  found.notes.push_back(
      "Services and pods that are called so are not found any more, whether or not the block knows another name in their place");
  found.help = "write what the block holds into the block of `kubernetes`, in front of it, with `fallthrough`";
}

void tell_addresses(const Word& key, const Word& served, ServerBlock block, Report& report) {
  Diagnostic& found = report.at(key, "PTR queries for Services and pods in 10.0.0.0/8 go to this block");
  found.severity = Severity::info;
  found.label = "the longest zone wins";
  found.labels.push_back({block.config->place(served), "would answer them"});
  found.help = "name the networks of the site alone, as `1.10.in-addr.arpa`, or a `kubernetes` for the cluster's in this block";
}

void check_block(ServerBlock block, const Context& context, Report& report) {
  for (const Word& key : block.keys()) {
    if (key.unknown) return;
    const std::string_view zone = zone_of(key);
    const Word* served = served_above(*block.config, block, zone);
    if (served == nullptr) continue;
    if (is_reverse_text(zone)) {
      // Where the Services' addresses are known, cluster-reverse-elsewhere speaks.
      if (context.role == Role::cluster && context.service_addresses.empty() && same_name(zone, ten))
        return tell_addresses(key, *served, block, report);
    } else if (!asks_another(block)) {
      return tell_names(key, *served, block, report);
    }
  }
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads() || has_unresolved_import(config)) return;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (!block.fragment() && !block.has(Plugin::kubernetes)) check_block(block, context, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::several_blocks};

}  // namespace corefile::rules::block_hides_cluster_names
