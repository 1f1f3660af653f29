// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::block_hides_cluster_names {
namespace {

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

void check_block(ServerBlock block, Report& report) {
  for (const Word& key : block.keys()) {
    if (key.unknown) return;
    const std::string_view zone = zone_of(key);
    const Word* served = served_above(*block.config, block, zone);
    if (served == nullptr) continue;
    if (!is_reverse_text(zone) && !asks_another(block)) return tell_names(key, *served, block, report);
  }
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads() || has_unresolved_import(config)) return;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (!block.fragment() && !block.has(Plugin::kubernetes)) check_block(block, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::several_blocks};

}  // namespace corefile::rules::block_hides_cluster_names
