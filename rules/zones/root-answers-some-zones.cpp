// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::root_answers_some_zones {
namespace {

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads() || block.fragment() || block.dropped() || has_foreign_plugin(block) || has_unresolved_import(*block.config))
    return;
  const Word* root = nullptr;
  for (const Word& key : block.keys()) {
    if (key.unknown) return;
    if (zone_of(key.text).empty() && root == nullptr) root = &key;
  }
  if (root == nullptr) return;
  std::vector<Directive> backends;
  for (const Directive directive : block.directives()) {
    if (!is_backend(directive.plugin())) continue;
    // One for another zone: forward-zone-miss and forward-missing-from say it.
    if (is_forwarder(directive.plugin())) return;
    if (!all_known(directive.zones()) || directive.zones().empty() || any_covers(directive.zones(), "")) return;
    if (backends.size() < 4) backends.push_back(directive);
  }
  if (backends.empty()) return;
  Diagnostic& found = report.at(*root, "names outside of the zones that this block has answers for get SERVFAIL");
  found.label = "every name comes here";
  for (const Directive one : backends) found.labels.push_back({place_of(one), "for its zones alone"});
  found.notes.push_back(
      "no plugin behind them answers, and SERVFAIL makes clients ask again; without a `.` block they would be refused at once");
  found.help = "add `forward . ADDRESS` for the other names, or name the zones in the key instead of `.`";
}

}  // namespace

extern constinit const Rule rule{
    .name = "root-answers-some-zones",
    .summary = "A `.` block that has answers for some zones only",
    .check = check,
    .severity = Severity::info,
};

}  // namespace corefile::rules::root_answers_some_zones
