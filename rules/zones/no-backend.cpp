// SPDX-License-Identifier: Apache-2.0
#include "lint/acl.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"
#include "zones.hpp"

namespace corefile::rules::no_backend {
namespace {

using plugins::Queries;

// A rule that refuses everybody: nothing is meant to be answered.
bool refuses_all(Directive acl) {
  for (const Property rule : acl.properties()) {
    if (fits_every_query(rule)) return !same_name(rule.name(), "allow");
  }
  return false;
}

// Of a plugin that answers certain queries: all that come to the block are such.
bool is_enough(ServerBlock block, Directive directive) {
  if (directive.is(Plugin::acl)) return refuses_all(directive);
  const std::span<const std::string_view> names = facts_of(directive.plugin()).names;
  const std::span<const Word> keys = block.keys();
  return std::all_of(keys.begin(), keys.end(), [names](const Word& key) {
    return std::any_of(names.begin(), names.end(), [&key](std::string_view name) { return covers(name, zone_of(key)); });
  });
}

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (block.fragment() || block.dropped() || block.keys().empty()) continue;
    bool handled = false;
    bool answered = false;
    bool some = false;
    for (const Directive directive : block.directives()) {
      const Queries queries = facts_of(directive.plugin()).queries;
      answered = directive.name_word().unknown != 0 || queries == Queries::unknown || queries >= Queries::answers;
      answered = answered || (queries == Queries::some && is_enough(block, directive));
      if (answered) break;
      some = some || queries == Queries::some;
      handled = handled || queries == Queries::passes || queries == Queries::some;
    }
    if (answered || !handled || !config.accepted() || is_incomplete(block) || key_mistake_of(block) != KeyMistake::none ||
        is_cut_short(block))
      continue;
    const Testimony testimony = context.ways->ask(block, names_in(block, context.release), {}, nobody_answers);
    if (testimony.refuted) continue;
    const Word& key = block.keys().front();
    Diagnostic& found = report.at(key, fmt::format("no plugin of `{}` has answers", shown(key.text)));
    testimony.add_to(found);
    found.notes.push_back(
        some ? "its plugins have a word on certain queries only: every other one ends as SERVFAIL, \"no next plugin found\""
             : "its plugins only pass queries on: every one ends as SERVFAIL, \"no next plugin found\"");
    found.help = "add a plugin that answers, such as `forward`, `file` or `kubernetes`";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::no_backend
