// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::autopath_without_forward {
namespace {

/// Some plugin of the block has answers for names outside of `zones`.
bool answers_others(ServerBlock block, std::span<const Word> zones) {
  for (const Directive directive : block.directives()) {
    if (!is_backend(directive.plugin()) || directive.is(Plugin::kubernetes)) continue;
    if (is_forwarder(directive.plugin()) || directive.zones().empty() || !all_known(directive.zones())) return true;
    const ZoneSet own(zones);
    for (const Word& zone : directive.zones()) {
      if (!own.covers(zone_of(zone))) return true;
    }
  }
  return false;
}

void check(Directive autopath, const Context& context, Report& report) {
  const Config& config = *autopath.config;
  const ServerBlock block = config.block(autopath.block());
  const auto kubernetes = block.find(Plugin::kubernetes);
  if (!context.load->loads() || !kubernetes || autopath.arguments().empty() || autopath.arguments().back().text != "@kubernetes") return;
  if (block.fragment() || has_foreign_plugin(block) || has_unresolved_import(config) || !all_known(kubernetes->zones())) return;
  // With the root's names in its zones it passes them on, or kubernetes-claims-root speaks.
  if (any_covers(kubernetes->zones(), "") || answers_others(block, kubernetes->zones())) return;
  Diagnostic& found = report.at(autopath.words(), "no plugin of this block answers the outside names that `autopath` asks for");
  found.label = "asks the rest of its own block";
  found.labels.push_back({config.place(kubernetes->name_word()), "answers for its zones alone"});
  found.notes.push_back(
      "of `www.example.org.default.svc.cluster.local` it makes `www.example.org` for the plugins behind it; none takes that, and the query "
      "ends as SERVFAIL");
  found.help = "put `kubernetes`, `autopath` and a `forward .` into one block for `.`, or remove `autopath`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::autopath}};

}  // namespace corefile::rules::autopath_without_forward
