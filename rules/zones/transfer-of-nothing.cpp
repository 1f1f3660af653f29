// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::transfer_of_nothing {
namespace {

// Before, `file` and `kubernetes` had a `transfer` of their own.
constexpr Release asks_others{1, 8, 0};

/// Those that implement transfer.Transferer.
bool hands_out(Plugin plugin) {
  constexpr PluginSet transferers{Plugin::file,       Plugin::auto_,        Plugin::secondary,
                                  Plugin::kubernetes, Plugin::k8s_external, Plugin::dynupdate};
  return transferers.has(plugin);
}

void check(Directive transfer, const Context& context, Report& report) {
  const Config& config = *transfer.config;
  const ServerBlock block = config.block(transfer.block());
  if (context.release < asks_others || !context.load->loads() || block.fragment() || has_foreign_plugin(block) ||
      has_unresolved_import(config) || !all_known(transfer.zones()))
    return;
  std::optional<Directive> other;
  for (const Directive directive : block.directives()) {
    if (hands_out(directive.plugin())) {
      const std::span<const Word> zones = directive.zones();
      if (zones.empty() || !all_known(zones) || any_overlaps(zones, transfer.zones())) return;
    }
    if (!other && is_backend(directive.plugin()) && !is_forwarder(directive.plugin())) other = directive;
  }
  Diagnostic& found = report.at(transfer.name_word(), "no plugin of this block has a zone that can be transferred");
  found.label = "hands out nothing";
  if (other && !hands_out(other->plugin())) {
    found.labels.push_back({config.place(other->name_word()), fmt::format("`{}` has no list of its names", other->name())});
  } else if (other) {
    found.labels.push_back({config.place(other->name_word()), "for other zones"});
  }
  found.notes.push_back("`transfer` asks the plugins of its own block for the zone: `file`, `auto`, `secondary` and `kubernetes` have one");
  found.help = "put `transfer` into the block of the plugin with the zone, or remove it";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::transfer}};

}  // namespace corefile::rules::transfer_of_nothing
