// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::root_answers_some_zones {
namespace {

std::string zones_of(const std::vector<Directive>& backends) {
  const std::span<const Word> zones = backends.front().zones();
  return fmt::format("`{}`{}", zones.front().text, zones.size() > 1 || backends.size() > 1 ? " and the other zones here" : "");
}

void check(ServerBlock block, const Context& context, Report& report) {
  const auto forwards = [](Directive directive) { return is_forwarder(directive.plugin()); };
  // One for another zone: forward-zone-miss and forward-missing-from say it.
  if (std::any_of(block.directives().begin(), block.directives().end(), forwards)) return;
  if (!context.load->loads() || block.fragment() || block.dropped() || has_foreign_plugin(block) || has_unresolved_import(*block.config))
    return;
  const Word* root = nullptr;
  for (const Word& key : block.keys()) {
    if (key.unknown) return;
    if (zone_of(key).empty() && root == nullptr) root = &key;
  }
  if (root == nullptr) return;
  std::vector<Directive> backends;
  for (const Directive directive : block.directives()) {
    if (!is_backend(directive.plugin())) continue;
    if (!all_known(directive.zones()) || directive.zones().empty() || any_covers(directive.zones(), "")) return;
    if (backends.size() < 4) backends.push_back(directive);
  }
  // Of `hosts` by itself `hosts-alone` says it.
  if (std::all_of(backends.begin(), backends.end(), [](Directive one) { return one.is(Plugin::hosts); })) return;
  const Testimony testimony = context.ways->ask(block, names_in(block, {root, 1}, context.release), {}, nobody_answers);
  if (testimony.refuted) return;
  // `file` and `auto` at the end refuse: plugin/file/file.go, from 1.12.3 on.
  const bool refused = testimony.witness && testimony.witness->reply && testimony.witness->reply->rcode == "REFUSED";
  Diagnostic& found = report.at(*root, fmt::format("names outside of {} {}", zones_of(backends),
                                                   !testimony.witness ? "have no answer here"
                                                   : refused          ? "are refused"
                                                                      : "get SERVFAIL"));
  found.label = "every name comes here";
  for (const Directive one : backends) found.labels.push_back({place_of(one), "for its zones alone"});
  testimony.add_to(found);
  found.notes.push_back(
      refused ? "no plugin behind them answers; releases before 1.12.3 say SERVFAIL, which makes clients ask again"
              : "no plugin behind them answers, and SERVFAIL makes clients ask again; without a `.` block they would be refused at once");
  found.help = "add `forward . ADDRESS` for the other names, or name the zones in the key instead of `.`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::root_answers_some_zones
