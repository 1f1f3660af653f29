// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::transfer_without_notify {
namespace {

constexpr Release own_plugin{1, 8, 0};           // before, `file` and `kubernetes` had a `transfer` of their own
constexpr Release secondary_notifies{1, 14, 3};  // plugin/file/secondary.go, TransferIn

/// Those that hand out a zone and never call transfer.Notify.
bool is_mute(Plugin plugin, Release release) {
  constexpr PluginSet mute{Plugin::kubernetes, Plugin::k8s_external};
  return mute.has(plugin) || (plugin == Plugin::secondary && release < secondary_notifies);
}
/// Those that may be the zone's, and do.
bool speaks(Plugin plugin, Release release) {
  constexpr PluginSet speakers{Plugin::file, Plugin::auto_, Plugin::dynupdate};
  return speakers.has(plugin) || (plugin == Plugin::secondary && secondary_notifies <= release);
}

/// The first address behind `to`; `*` is nobody's.
const Word* told(Directive transfer) {
  for (const Property line : transfer.properties()) {
    if (line.name() != "to") continue;
    for (const Word& word : line.arguments()) {
      if (word.unknown == 0 && word.text != "*") return &word;
    }
  }
  return nullptr;
}

void check(Directive transfer, const Context& context, Report& report) {
  const Config& config = *transfer.config;
  const ServerBlock block = config.block(transfer.block());
  const Word* to = told(transfer);
  if (to == nullptr || context.release < own_plugin || !context.load->loads() || has_foreign_plugin(block) ||
      has_unresolved_import(config) || !all_known(transfer.zones()))
    return;
  std::optional<Directive> silent;
  for (const Directive directive : block.directives()) {
    const bool mute = is_mute(directive.plugin(), context.release);
    if (!mute && !speaks(directive.plugin(), context.release)) continue;
    const std::span<const Word> zones = directive.zones();
    const bool may_be = zones.empty() || !all_known(zones) || any_overlaps(zones, transfer.zones());
    if (may_be && !mute) return;
    if (may_be && !silent) silent = directive;
  }
  if (!silent) return;
  Diagnostic& found =
      report.at(*to, fmt::format("no NOTIFY goes to `{}`: `{}` sends none{}", to->text, silent->name(),
                                 silent->is(Plugin::secondary) ? fmt::format(" in CoreDNS {}", to_string(context.release)) : ""));
  found.label = "may ask, and is not told of changes";
  found.labels.push_back({config.place(silent->name_word()), "whose zone it is"});
  found.notes.push_back(fmt::format("`to` lets the address have the zone; only {} tell it that the zone has changed",
                                    context.release < secondary_notifies ? "`file` and `auto`" : "`file`, `auto` and `secondary`"));
  found.help = silent->is(Plugin::secondary)
                   ? fmt::format("run CoreDNS {} or newer, or let the primary tell that server itself", to_string(secondary_notifies))
                   : "let the other server look by itself, more often than the SOA record's two hours";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::transfer}, .lines = {"to"}, .severity = Severity::info};

}  // namespace corefile::rules::transfer_without_notify
