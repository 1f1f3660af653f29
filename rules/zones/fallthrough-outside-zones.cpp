// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include <fmt/format.h>

#include "lint/order.hpp"
#include "lint/zones.hpp"

namespace corefile::rules {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  const Properties lines = directive.properties();
  if (!lines.may_have("fallthrough") || !is_backend(directive.plugin()) || !context.load->loads()) return;
  const auto line = lines.find("fallthrough");
  if (!line || line->arguments().empty() || directive.config->block(directive.block()).fragment()) return;
  const std::span<const Word> own = backend_zones(directive);
  const std::span<const Word> through = line->arguments();
  if (own.empty() || !all_known(own) || !all_known(through) || any_overlaps(through, own)) return;
  // Of `kubernetes` without reverse zones kubernetes-no-reverse-zones speaks.
  const auto is_reverse = [](const Word& zone) { return is_reverse_text(zone_of(zone.text)); };
  if (directive.is("kubernetes") && std::all_of(through.begin(), through.end(), is_reverse)) return;
  Diagnostic& found = report.at(through, fmt::format("`{}` is never asked for these, so nothing falls through", directive.name()));
  found.label = "not among its zones";
  found.labels.push_back({directive.config->place(own), "what it is asked for"});
  found.notes.push_back(fmt::format("names of its own zones that `{}` does not know end here, as without `fallthrough`", directive.name()));
  found.help = "name zones within its own, or none for all of them";
}

}  // namespace

extern constinit const Rule fallthrough_outside_zones{
    .name = "fallthrough-outside-zones",
    .summary = "`fallthrough` for zones that the plugin is never asked for",
    .check = check,
    .severity = Severity::info,
};

}  // namespace corefile::rules
