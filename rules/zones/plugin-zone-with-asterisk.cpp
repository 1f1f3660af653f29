// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::plugin_zone_with_asterisk {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Word& word : directive.own_zones()) {
    if (word.unknown || word.text.find('*') == std::string_view::npos) continue;
    Diagnostic& found =
        report.at(word, fmt::format("`{}` of `{}` matches no name but the one with the `*` in it", word.text, directive.name()));
    found.label = "no wildcard";
    found.notes.push_back("a zone has no wildcards, and needs none: it always covers all names below it");
    const bool below = word.text.starts_with("*.") && word.text.size() > 2;
    const std::string meant(below ? word.text.substr(2) : std::string_view("."));
    found.help = fmt::format("write `{}`", meant);
    if ((below || word.text == "*") && word.quoted == 0)
      found.fixes.push_back({fmt::format("write `{}`", meant), Safety::unsafe, {Fixer(*directive.config).replace(word, meant)}});
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::asterisk, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::plugin_zone_with_asterisk
