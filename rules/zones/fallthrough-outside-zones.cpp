// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include <fmt/format.h>

#include "base/short_text.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::fallthrough_outside_zones {
namespace {

constexpr std::size_t most_compared = 64;  // zones with zones

void check(Directive directive, const Context& context, Report& report) {
  const auto line = directive.properties().find("fallthrough");
  if (!context.load->loads() || !line || line->arguments().empty() || !is_backend(directive.plugin())) return;
  const ServerBlock block = directive.config->block(directive.block());
  if (block.fragment()) return;
  const std::span<const Word> own = directive.zones();
  const std::span<const Word> through = line->arguments();
  const auto named = [own](const Word& zone) {
    return std::any_of(own.begin(), own.end(), [&zone](const Word& one) { return short_text::same(one.text, zone.text); });
  };
  if (own.size() > most_compared || through.size() > most_compared) return;
  if (own.empty() || named(through.front()) || any_overlaps(through, own) || !all_known(own) || !all_known(through)) return;
  // Of `kubernetes` without reverse zones kubernetes-no-reverse-zones speaks.
  const auto is_reverse = [](const Word& zone) { return is_reverse_text(zone_of(zone)); };
  if (directive.is(Plugin::kubernetes) && std::all_of(through.begin(), through.end(), is_reverse)) return;
  Diagnostic& found = report.at(through, fmt::format("`{}` is never asked for these, so nothing falls through", directive.name()));
  found.label = "not among its zones";
  found.labels.push_back({directive.config->place(own), "what it is asked for"});
  context.ways->ask(block, names_in(block, own, context.release), {}, ended_by(directive)).add_to(found);
  found.notes.push_back(fmt::format("names of its own zones that `{}` does not know end here, as without `fallthrough`", directive.name()));
  found.help = "name zones within its own, or none for all of them";
}

}  // namespace

extern constinit const Rule rule{.check = check, .lines = {"fallthrough"}, .severity = Severity::info};

}  // namespace corefile::rules::fallthrough_outside_zones
