// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::fallthrough_into_nothing {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  // `hosts-alone` and the rules about templates speak of theirs.
  const auto line = directive.properties().find("fallthrough");
  if (!line || !is_backend(directive.plugin()) || directive.is(Plugin::hosts) || directive.is(Plugin::template_)) return;
  if (!context.load->loads()) return;
  const Config& config = *directive.config;
  const ServerBlock block = config.block(directive.block());
  if (block.fragment() || block.dropped() || has_foreign_plugin(block) || has_unresolved_import(config)) return;
  const std::span<const Word> zones = line->arguments().empty() ? directive.zones() : line->arguments();
  if (zones.empty() || !all_known(zones) || !all_known(block.keys())) return;
  // `root-answers-some-zones` says it of the block.
  if (std::any_of(block.keys().begin(), block.keys().end(), [](const Word& key) { return zone_of(key.text).empty(); })) return;
  if (!shadowed_backends(directive, zones, context.release).empty()) return;
  Diagnostic& found =
      report.at(line->words, fmt::format("`fallthrough` has nothing to fall through to: no plugin behind `{}` answers", directive.name()));
  found.notes.push_back(
      "a name that is not there gets SERVFAIL instead of NXDOMAIN, which clients take for a fault of the server and ask again");
  found.help = "remove `fallthrough`, or add `forward` for these names";
}

}  // namespace

extern constinit const Rule rule{
    .check = check,
    .severity = Severity::info,
};

}  // namespace corefile::rules::fallthrough_into_nothing
