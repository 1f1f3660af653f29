// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::plugin_zone_with_asterisk {
namespace {

/// The first of the zones with a `*`, if there is one; `of` is who has them.
bool check_zones(std::span<const Word> zones, std::string_view of, Directive directive, Report& report) {
  const auto word = std::find_if(zones.begin(), zones.end(),
                                 [](const Word& one) { return !one.unknown && one.text.find('*') != std::string_view::npos; });
  if (word == zones.end()) return false;
  Diagnostic& found = report.at(*word, fmt::format("`{}` of `{}` matches no name but the one with the `*` in it", word->text, of));
  found.label = "no wildcard";
  found.notes.push_back("a zone has no wildcards, and needs none: it always covers all names below it");
  const bool below = word->text.starts_with("*.") && word->text.size() > 2;
  const std::string meant(below ? word->text.substr(2) : std::string_view("."));
  found.help = fmt::format("write `{}`", meant);
  if ((below || word->text == "*") && word->quoted == 0)
    found.fixes.push_back({fmt::format("write `{}`", meant), Safety::unsafe, {Fixer(*directive.config).replace(*word, meant)}});
  return true;
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads() || check_zones(directive.own_zones(), directive.name(), directive, report)) return;
  for (const Property line : directive.properties()) {
    const bool zones = line.name() == "fallthrough" || (line.name() == "except" && is_forwarder(directive.plugin()));
    if (zones && check_zones(line.arguments(), line.name(), directive, report)) return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::asterisk, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::plugin_zone_with_asterisk
