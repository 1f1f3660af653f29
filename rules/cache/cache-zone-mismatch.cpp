// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <optional>
#include <string>

#include "base/ascii.hpp"
#include "lint/fixer.hpp"
#include "lint/shadowed.hpp"
#include "lint/stanzas.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::cache_zone_mismatch {
namespace {

bool any_backend_overlaps(ServerBlock block, std::span<const Word> zones) {
  bool some = false;
  for (const Directive directive : block.directives()) {
    if (!is_backend(directive.plugin())) continue;
    some = true;
    if (!all_known(directive.zones()) || any_overlaps(zones, directive.zones())) return true;
  }
  return !some;
}

bool begins_with_digit(std::span<const Word> words) {
  for (const Word& word : words) {
    if (!word.text.empty() && ascii::is_digit(word.text.front())) return true;
  }
  return false;
}

/// All that is cached are zones that another plugin answers for, and what a forwarder asks is not.
std::optional<Directive> forwarder_left_out(ServerBlock block, std::span<const Word> zones) {
  std::optional<Directive> forwarder;
  std::span<const Word> answered;
  for (const Directive directive : block.directives()) {
    const std::span<const Word> own = directive.zones();
    if (!is_backend(directive.plugin())) continue;
    if (own.empty() || !all_known(own)) return {};
    if (!is_forwarder(directive.plugin())) {
      if (std::all_of(zones.begin(), zones.end(), [&](const Word& zone) { return any_covers(own, zone_of(zone.text)); })) answered = own;
    } else if (!forwarder &&
               std::none_of(own.begin(), own.end(), [&](const Word& zone) { return any_covers(zones, zone_of(zone.text)); })) {
      forwarder = directive;
    }
  }
  return answered.empty() ? std::nullopt : forwarder;
}

void tell_left_out(Directive cache, std::span<const Word> zones, Directive forwarder, Report& report) {
  Diagnostic& found = report.at(zones, "what " + called(forwarder) + " asks is not cached");
  found.severity = Severity::info;
  found.label = zones.size() == 1 ? "the only zone cached" : "the only zones cached";
  found.labels.push_back({place_of(forwarder), "asked each time"});
  found.notes.push_back("`cache` with zones passes all other names on as if it were not there");
  found.help = "leave the zones out of `" + std::string(cache.name()) + "`, or name `.` too";
}

void check(Directive cache, const Context& context, Report& report) {
  const std::span<const Word> arguments = cache.arguments();
  if (arguments.empty() || (arguments.size() == 1 && begins_with_digit(arguments))) return;
  const CacheSettings& settings = context.stanzas->cache(cache);
  const Config& config = *cache.config;
  const ServerBlock block = config.block(cache.block());
  // A number or a time among the zones is cache-ttl-as-zone's; rewrite may bring names of any zone.
  if (!settings.own_zones || begins_with_digit(settings.zones) || block.fragment() || block.has(Plugin::rewrite)) return;
  if (!all_known(settings.zones) || !all_known(block.keys()) || has_foreign_plugin(block)) return;
  const bool inside = any_overlaps(settings.zones, block.keys());
  if (inside && has_unresolved_import(config)) return;
  if (inside && any_backend_overlaps(block, settings.zones)) {
    if (const auto forwarder = forwarder_left_out(block, settings.zones)) tell_left_out(cache, settings.zones, *forwarder, report);
    return;
  }

  const Testimony testimony = inside ? context.ways->ask(block, names_in(block, settings.zones, context.release), {}, nobody_answers)
                                     : context.ways->elsewhere(block, names_in(settings.zones, context.release));
  if (testimony.refuted) return;
  const std::string zone(settings.zones.front().text);
  Diagnostic& found = report.at(settings.zones, inside ? "no plugin of this block answers for `" + zone + "`, so nothing is cached"
                                                       : "`" + zone + "` is not in this server block, so nothing is cached");
  found.label = settings.zones.size() == 1 ? "the only zone cached" : "the only zones cached";
  if (!inside) found.labels.push_back({config.place(block.keys().front()), "names of this zone arrive here"});
  testimony.add_to(found);
  found.notes.push_back("`cache` with zones passes all other names on as if it were not there");
  found.help = "leave the zone out, or name one that is asked for here";
  std::size_t behind = cache.words().size();
  for (std::size_t i = 0; i < cache.words().size(); ++i) {
    if (&cache.words()[i] == &settings.zones.front()) behind = i;
  }
  const Word& before = cache.words()[behind - 1];
  const Place all = config.place(settings.zones);
  if (config.place(before).document != all.document) return;
  found.fixes.push_back({"cache all zones of the block", Safety::unsafe, {Edit{{all.document, {before.span.end, all.span.end}}, ""}}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::cache_zone_mismatch
