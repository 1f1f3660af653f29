// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include <fmt/format.h>

#include "lint/acl.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::acl_rule_unreached {
namespace {

/// An `acl` of the block, before this one in the file, that decides about every query for the zones of this one.
const Property* decided_before(Directive acl, std::optional<Property>& found) {
  for (const Directive earlier : acl.config->block(acl.block()).directives()) {
    if (!earlier.is(Plugin::acl) || earlier.index >= acl.index) continue;
    const ZoneSet zones(earlier.zones());
    const std::span<const Word> own = acl.zones();
    const bool all =
        std::all_of(own.begin(), own.end(), [&](const Word& zone) { return zone.unknown == 0 && zones.covers(zone_of(zone)); });
    if (!all || own.empty() || !all_known(earlier.zones())) continue;
    for (const Property line : earlier.properties()) {
      if (line.words.front().unknown || !fits_every_query(line)) continue;
      found = line;
      return &*found;
    }
  }
  return nullptr;
}

void tell_around(Directive acl, Property line, Property around, Report& report) {
  Diagnostic& found = report.at(line.words, fmt::format("this `{}` is never looked at", line.name()));
  found.label = "too late";
  found.labels.push_back({acl.config->place(around.words), "fits all of these clients"});
  found.notes.push_back("the first rule that fits decides, not the narrowest");
  found.help = fmt::format("put it above this `{}`", around.name());
}

void check(Directive acl, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  std::optional<Property> before;
  if (const Property* decider = decided_before(acl, before); decider != nullptr) {
    Diagnostic& found = report.at(acl.name_word(), "this `acl` is never looked at");
    found.label = "too late";
    found.labels.push_back({acl.config->place(decider->words), "fits every query"});
    found.notes.push_back("the first rule that fits decides, whichever `acl` it stands in");
    found.help = "put its rules above that one";
    return;
  }
  std::optional<Property> all;
  for (const Property line : acl.properties()) {
    if (line.words.front().unknown) return;
    if (!all) {
      if (fits_every_query(line)) all = line;
      const std::optional<Property> around = all ? std::nullopt : rule_around(acl, line);
      if (around && !same_name(around->name(), line.name())) return tell_around(acl, line, *around, report);
      continue;
    }
    Diagnostic& found = report.at(line.words, fmt::format("this `{}` is never looked at", line.name()));
    found.label = "too late";
    found.labels.push_back({acl.config->place(all->words), "fits every query"});
    found.notes.push_back("the first rule that fits decides");
    found.help = fmt::format("put it above `{}`", all->name());
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::acl}};

}  // namespace corefile::rules::acl_rule_unreached
