// SPDX-License-Identifier: Apache-2.0
#include "lint/key_mistake.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"
#include "zones.hpp"

namespace corefile::rules::key_without_backend {
namespace {

constexpr std::size_t most_compared = 100'000;  // keys and a plugin's own zones; no person writes as many

/// What answers for itself, whatever the zone: `acl`, `any`, `chaos`, names of `local`.
bool may_be_for(ServerBlock block, const Word& key) {
  for (const Directive directive : block.directives()) {
    if (!is_backend(directive.plugin())) continue;
    const std::span<const Word> zones = directive.zones();
    if (zones.empty() || zones.data() == block.keys().data() || zones.size() * block.keys().size() > most_compared) return true;
    if (!all_known(zones) || any_overlaps(zones, {&key, 1})) return true;
  }
  return false;
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (block.keys().size() < 2 || !context.load->loads() || block.fragment() || block.dropped()) return;
  if (key_mistake_of(block) != KeyMistake::none) return;
  if (block.has(Plugin::root) || has_foreign_plugin(block) || is_incomplete(block) || !all_known(block.keys())) return;
  std::vector<const Word*> bare;
  for (const Word& key : block.keys()) {
    if (!read_key(key.text, context.release).zones.empty() && !zone_of(key).empty() && !may_be_for(block, key)) bare.push_back(&key);
  }
  // None at all: no-backend and dead-plugin-zone say it.
  if (bare.empty() || bare.size() == block.keys().size()) return;
  for (const Word* key : bare) {
    const Testimony testimony = context.ways->ask(block, names_in({key, 1}, context.release), {}, nobody_answers);
    if (testimony.refuted || (block.has(Plugin::rewrite) && !testimony.witness)) continue;
    Diagnostic& found = report.at(*key, fmt::format("no plugin of this block answers for `{}`", shown(key->text)));
    found.label = "nobody is for it";
    testimony.add_to(found);
    found.notes.push_back("the block takes its queries, and each of them ends as SERVFAIL or REFUSED");
    found.help = fmt::format("name `{}` behind a plugin that has its answers, or remove it from the keys", zone_of(*key));
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::key_without_backend
