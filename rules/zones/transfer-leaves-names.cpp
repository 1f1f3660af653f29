// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "go/net.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::transfer_leaves_names {
namespace {

// Before, the plugins had a `transfer` of their own.
constexpr Release asks_others{1, 8, 0};

/// The zone that is handed out whole.
std::optional<Directive> handed_out(ServerBlock block, Directive transfer) {
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::file) && !directive.is(Plugin::secondary)) continue;
    const std::span<const Word> zones = directive.zones();
    if (!zones.empty() && all_known(zones) && any_overlaps(zones, transfer.zones())) return directive;
  }
  return {};
}

/// The first name of a `hosts` that is in one of the zones.
const Word* name_within(Directive hosts, std::span<const Word> zones) {
  for (const Property line : hosts.properties()) {
    if (!go::parse_ip(line.name())) continue;
    for (const Word& name : line.arguments()) {
      if (name.unknown == 0 && any_covers(zones, zone_of(name.text)) && any_covers(hosts.zones(), zone_of(name.text))) return &name;
    }
  }
  return nullptr;
}

void check(Directive transfer, const Context& context, Report& report) {
  const Config& config = *transfer.config;
  const ServerBlock block = config.block(transfer.block());
  if (context.release < asks_others || !context.load->loads() || block.fragment() || !all_known(transfer.zones())) return;
  const auto zone = handed_out(block, transfer);
  const auto hosts = block.find(Plugin::hosts);
  if (!zone || !hosts || !all_known(hosts->zones())) return;
  const Word* name = name_within(*hosts, zone->zones());
  // The names of a file are not known here; that they are for this zone is, where it says so.
  const bool file = name == nullptr && any_overlaps(hosts->own_zones(), zone->zones());
  if (name == nullptr && !file) return;
  Diagnostic& found = file ? report.at(hosts->name_word(), "the names of `hosts` are not in the zone that `transfer` hands out")
                           : report.at(*name, fmt::format("`{}` is not in the zone that `transfer` hands out", name->text));
  found.label = "answered by `hosts` here alone";
  found.labels.push_back({config.place(transfer.name_word()), fmt::format("hands out what `{}` has", zone->name())});
  found.notes.push_back(fmt::format("servers that copy the zone say that {} not exist", file ? "they do" : "the name does"));
  found.help = fmt::format("put the name{} into the zone of `{}`", file ? "s" : "", zone->name());
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::transfer}, .severity = Severity::info};

}  // namespace corefile::rules::transfer_leaves_names
