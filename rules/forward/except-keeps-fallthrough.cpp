// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::except_keeps_fallthrough {
namespace {

/// A zone behind `except` that a backend of the block lets through.
const Word* kept(std::span<const Word> except, std::span<const Word> through) {
  for (const Word& word : through) {
    for (const Word& zone : except) {
      if (word.unknown == 0 && zone.unknown == 0 && covers(zone_of(zone), zone_of(word))) return &zone;
    }
  }
  return nullptr;
}

bool another_forwards(Directive forward, ServerBlock block) {
  const auto all = block.directives();
  return std::any_of(all.begin(), all.end(), [&](Directive one) { return one.index != forward.index && is_forwarder(one.plugin()); });
}

void check(Directive forward, const Context& context, Report& report) {
  const auto except = forward.properties().find("except");
  if (!except || !context.load->loads()) return;
  const Config& config = *forward.config;
  const ServerBlock block = config.block(forward.block());
  if (has_foreign_plugin(block) || has_unresolved_import(config) || another_forwards(forward, block)) return;
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::kubernetes)) continue;
    const auto line = directive.properties().find("fallthrough");
    if (!line || line->arguments().empty()) continue;
    const Word* zone = kept(except->arguments(), line->arguments());
    if (zone == nullptr) continue;
    Diagnostic& found =
        report.at(*zone, fmt::format("`{}` lets `{}` through, and `except` keeps it from the upstream", directive.name(), zone->text));
    found.label = "goes nowhere";
    found.labels.push_back({config.place(line->words), "let through here"});
    found.notes.push_back("a name there that the cluster does not know gets SERVFAIL instead of an answer");
    found.help = fmt::format("take `{}` off `except`: what `kubernetes` answers does not come to `forward` anyway", zone->text);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}, .severity = Severity::info};

}  // namespace corefile::rules::except_keeps_fallthrough
