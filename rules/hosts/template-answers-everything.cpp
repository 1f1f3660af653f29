// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <string>

#include "lint/shadowed.hpp"
#include "lint/stanzas.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::template_answers_everything {
namespace {

constexpr std::size_t most_zones = 64;  // of one template; each is compared with the block's

bool covers_block(const Template& one, ServerBlock block) {
  for (const Word& key : block.keys()) {
    if (!any_covers(one.zones, zone_of(key))) return false;
  }
  return !block.keys().empty();
}

void check_template(Directive directive, ServerBlock block, const Context& context, Report& report) {
  const Template& own = context.stanzas->template_of(directive);
  if (!own.known || own.type != "ANY" || own.cls == "CH" || own.zones.size() > most_zones) return;
  if (!covers_block(own, block) || !takes_all(own, *context.patterns)) return;
  const std::vector<Directive> behind = shadowed_backends(directive, own.zones, context.release);
  if (behind.empty()) return;
  const Testimony testimony =
      context.ways->ask(block, names_in(block, own.zones, context.release), {}, kept_from(behind.front(), directive));
  if (testimony.refuted) return;
  Diagnostic& found = report.at(directive.words().first(own.own_zones ? 4 : 3), "this `template` answers every query itself");
  found.label = own.own_zones ? "all names of the block" : "no zone of its own: all names of the block";
  for (const Directive other : behind) found.labels.push_back({place_of(other), "never asked"});
  testimony.add_to(found);
  found.notes.push_back("CoreDNS asks plugins in a fixed order, not in the file's: `template` comes before " + listed(behind));
  if (own.falls_through) found.notes.push_back("`fallthrough` is for names that no `match` fits, and without `match` every name fits");
  found.help = "name the zones that it is for behind the type, as in `template ANY ANY blocked.example`, or add a `match`";
}

/// A reverse zone is asked for PTR records alone: none of the zone's own are given.
void check_reverse(Directive directive, ServerBlock block, const Context& context, Report& report) {
  const Template& own = context.stanzas->template_of(directive);
  if (!own.known || own.type != "PTR" || own.cls == "CH" || own.zones.size() > most_zones) return;
  const auto keys = block.keys();
  if (!std::all_of(keys.begin(), keys.end(), [](const Word& key) { return is_reverse_text(zone_of(key)); })) return;
  if (!covers_block(own, block) || !takes_all(own, *context.patterns)) return;
  std::vector<Directive> behind = shadowed_backends(directive, own.zones, context.release);
  std::erase_if(behind, [](Directive one) { return one.is(Plugin::forward) || one.is(Plugin::grpc); });
  if (behind.empty()) return;
  Diagnostic& found = report.at(directive.words().first(own.own_zones ? 4 : 3), "this `template` answers every PTR query itself");
  found.label = "all names of the block";
  for (const Directive other : behind) found.labels.push_back({place_of(other), "its PTR records are not given"});
  found.notes.push_back("CoreDNS asks plugins in a fixed order, not in the file's: `template` comes before " + listed(behind));
  found.help = "add a `match` for the names that have no record of their own, with `fallthrough` for the others";
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (block.fragment() || block.dropped() || !context.load->loads()) return;
  for (const Directive directive : templates_of(block)) {
    check_template(directive, block, context, report);
    check_reverse(directive, block, context, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}};

}  // namespace corefile::rules::template_answers_everything
