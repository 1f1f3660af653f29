// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/upstream.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::backend_keeps_names {
namespace {

/// Others have rules of their own, or pass on what they have no zone for.
bool is_asked_about(Directive directive, Release release) {
  constexpr Release auto_passes{1, 8, 0};
  switch (directive.plugin()) {
    case Plugin::hosts:
    case Plugin::template_:
    case Plugin::route53:
    case Plugin::azure:
    case Plugin::clouddns:
      return false;
    case Plugin::auto_:
      return release < auto_passes;
    default:
      return is_backend(directive.plugin()) && !is_forwarder(directive.plugin()) &&
             facts_of(directive.plugin()).serves != plugins::Serves::none;
  }
}

/// Some name below `zone` falls through.
bool falls_through(Directive own, std::string_view zone) {
  const auto line = own.properties().find("fallthrough");
  if (!line) return false;
  const std::span<const Word> zones = line->arguments();
  return zones.empty() ||
         std::any_of(zones.begin(), zones.end(), [zone](const Word& one) { return one.unknown || overlap(zone_of(one), zone); });
}

/// Every name of the block that `later` is for lies in the zones of `own` and stays there.
bool keeps_all(Directive own, Directive later) {
  const ZoneSet zones(own.zones());
  for (const Word& word : later.zones()) {
    const std::string_view zone = zone_of(word);
    for (const Word& key : own.config->block(own.block()).keys()) {
      const std::string_view name = zone_of(key);
      if (!overlap(zone, name)) continue;
      const std::string_view both = covers(zone, name) ? name : zone;
      if (!zones.covers(both) || falls_through(own, both)) return false;
    }
  }
  return true;
}

std::string_view unknown_names(Plugin plugin) {
  if (plugin == Plugin::auto_) return "before 1.8.0 `auto` does not pass on names that it has no zone file for: they get SERVFAIL";
  return "a name that it does not know gets NXDOMAIN, and is not asked for anywhere else";
}

/// Zones that `later` names for itself, of which `own` keeps every name.
std::vector<const Word*> kept_zones(Directive own, Directive later) {
  std::vector<const Word*> kept;
  const ZoneSet zones(own.zones());
  for (const Word& word : later.own_zones()) {
    const std::string_view zone = zone_of(word);
    if (zones.covers(zone) && !falls_through(own, zone)) kept.push_back(&word);
  }
  return kept;
}

/// It is asked for some of its zones, and never for others.
void tell_parts(Directive own, Directive later, Report& report) {
  const std::vector<const Word*> kept = kept_zones(own, later);
  if (kept.empty()) return;
  const Config& config = *own.config;
  std::string zones;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    zones += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == kept.size() ? " and " : ", ", kept[i]->text);
  }
  Diagnostic& found =
      report.at(place_of(own), fmt::format("`{}` is never asked for {}: `{}` keeps all of these names", later.name(), zones, own.name()));
  found.label = "comes first";
  for (const Word* zone : kept) found.labels.push_back({config.place(*zone), "never asked for it"});
  found.notes.push_back(std::string(unknown_names(own.plugin())));
  found.notes.push_back("CoreDNS asks plugins in a fixed order, not in the file's");
  found.help = fmt::format("leave {} to one of the two, or let `{}` pass names on with `fallthrough`, where it has that property", zones,
                           own.name());
}

/// All that is kept are forwards of one zone: who owns it may not want them asked.
bool is_own_zone(const std::vector<Directive>& kept) {
  return std::all_of(kept.begin(), kept.end(), [](Directive later) {
    const Word* const from = is_forwarder(later.plugin()) ? from_word(later) : nullptr;
    return from != nullptr && !zone_of(*from).empty();
  });
}

bool forwards_the_rest(Directive other) {
  const Word* const from = is_forwarder(other.plugin()) ? from_word(other) : nullptr;
  return from != nullptr && zone_of(*from).empty();
}

/// Quickly answered: there is another backend, and not only a `forward .` of the root, of which a plugin with zones keeps a part.
bool block_may_lose_names(Directive own, ServerBlock block) {
  const auto keeps_part = [own, block] {
    return !own.own_zones().empty() && !any_covers(own.own_zones(), "") && any_covers(block.keys(), "");
  };
  const auto may_be_kept = [&](Directive other) {
    return is_backend(other.plugin()) && !other.is(own.plugin()) && !(forwards_the_rest(other) && keeps_part());
  };
  return std::any_of(block.directives().begin(), block.directives().end(), may_be_kept);
}

void check(Directive own, const Context& context, Report& report) {
  const Config& config = *own.config;
  const ServerBlock block = config.block(own.block());
  if (!block_may_lose_names(own, block)) return;
  if (!context.load->loads() || block.fragment() || block.dropped() || !is_asked_about(own, context.release)) return;
  if (own.zones().empty() || !all_known(own.zones()) || !all_known(block.keys())) return;
  // `kubernetes-claims-root` says it.
  const bool root = any_covers(own.zones(), "");
  if (root && own.is(Plugin::kubernetes)) return;
  std::vector<Directive> kept;
  Testimony testimony;
  for (const Directive later : shadowed_backends(own, own.zones(), context.release)) {
    if (later.is(own.plugin()) || !all_known(later.zones())) continue;
    if (keeps_all(own, later)) {
      Testimony of_this = context.ways->ask(block, names_in(block, later.zones(), context.release), {}, kept_from(later, own));
      if (of_this.refuted) continue;
      // A zone file that is not there yet says nothing of the one that will be.
      if (own.is(Plugin::file) && of_this.witness && of_this.witness->reply && of_this.witness->reply->rcode == "SERVFAIL") of_this = {};
      if (!testimony.witness) testimony = std::move(of_this);
      kept.push_back(later);
    } else if (!root && !is_forwarder(later.plugin())) {
      tell_parts(own, later, report);
    }
  }
  if (kept.empty()) return;
  Diagnostic& found = report.at(place_of(own), fmt::format("{} is never asked: `{}` keeps all of its names", listed(kept), own.name()));
  if (!root && !own.is(Plugin::auto_) && is_own_zone(kept)) found.severity = Severity::info;
  found.label = root ? "for every name there is" : "comes first";
  for (const Directive later : kept) found.labels.push_back({place_of(later), "never asked"});
  testimony.add_to(found);
  found.notes.push_back(std::string(unknown_names(own.plugin())));
  found.notes.push_back("CoreDNS asks plugins in a fixed order, not in the file's");
  found.help =
      root ? fmt::format("name the zone that `{}` is for, or add `fallthrough` to it", own.name())
           : fmt::format("remove the one that is not meant, or let `{}` pass names on with `fallthrough`, where it has that property",
                         own.name());
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::file, Plugin::auto_, Plugin::etcd, Plugin::secondary, Plugin::kubernetes, Plugin::k8s_external}};

}  // namespace corefile::rules::backend_keeps_names
