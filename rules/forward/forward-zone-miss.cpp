// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/upstream.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::forward_zone_miss {
namespace {

// Forwarders are all that answers here, and each takes only a part of the zone `key`.
bool only_parts(ServerBlock block, std::string_view key) {
  for (const Directive directive : block.directives()) {
    const Plugin plugin = directive.plugin();
    if (!is_backend(plugin)) continue;
    const Word* const from = is_forwarder(plugin) ? from_word(directive) : nullptr;
    if (from == nullptr || !comparable(*from) || from_is_upstream(*from)) return false;
    const std::string_view zone = zone_of(*from);
    if (covers(zone, key) || !covers(key, zone)) return false;
  }
  return true;
}

/// Names of the block that no forwarder of it is for.
std::vector<std::string> other_names(ServerBlock block, Release release) {
  std::vector<std::string> names = names_in(block, release);
  for (const Directive directive : block.directives()) {
    if (!is_forwarder(directive.plugin())) continue;
    const std::string_view zone = zone_of(*from_word(directive));
    std::erase_if(names, [zone](const std::string& name) { return covers(zone, zone_of(name)); });
  }
  return names;
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (block.keys().size() != 1 || block.dropped() || block.fragment()) return;
  const auto forward = block.find(Plugin::forward);
  const Word* const from = forward ? from_word(*forward) : nullptr;
  // keyword-as-name speaks of `forward forward`.
  if (from == nullptr || from->text == "." || from->text == forward->name() || !comparable(*from) || !comparable(block.keys().front()))
    return;
  if (!only_parts(block, zone_of(block.keys().front())) || has_foreign_plugin(block) || has_unresolved_import(*block.config)) return;
  const Testimony testimony = context.ways->ask(block, other_names(block, context.release), {}, nobody_answers);
  if (testimony.refuted || (block.has(Plugin::rewrite) && !testimony.witness)) return;
  const std::string key(block.keys().front().text);
  Diagnostic& found = report.at(*from, "nothing answers for the other names of `" + key + "`");
  found.label = "only names below this are forwarded";
  found.labels.push_back({block.head(), "all names below this come here"});
  testimony.add_to(found);
  found.notes.push_back("they get SERVFAIL, so that clients try again; a zone that has no server block is REFUSED at once");
  found.help = "make `" + std::string(from->text) + "` the block's key and forward `.` in it, or forward `.` here as well";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}, .severity = Severity::warning};

}  // namespace corefile::rules::forward_zone_miss
