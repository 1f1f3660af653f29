// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_answer_name_kept {
namespace {

// Rules that a query may pass as well set the name back, perhaps to the client's.
bool is_helped(Directive rewrite, const NameRule& own, const Context& context) {
  if (own.stops) return false;
  for (const Directive other : rewrite.config->block(rewrite.block()).directives()) {
    if (!other.is(Plugin::rewrite) || other.index == rewrite.index) continue;
    const auto& rule = context.stanzas->name_rule(other);
    if (rule && rule->names_back && rule->match != NameRule::Match::exact) return true;
  }
  return false;
}

void add_fix(Directive rewrite, Diagnostic& found) {
  const Fixer fixer(*rewrite.config);
  if (rewrite.has_block()) {
    if (auto edit = fixer.add_property(rewrite, "answer auto")) found.fixes.push_back({"insert `answer auto`", Safety::unsafe, {*edit}});
  } else {
    found.fixes.push_back({"insert `answer auto`", Safety::unsafe, {fixer.insert_behind(rewrite.arguments().back(), " answer auto")}});
  }
}

void check(Directive rewrite, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const auto& rule = context.stanzas->name_rule(rewrite);
  if (!rule || rule->names_back || rule->odd_name != nullptr || is_helped(rewrite, *rule, context)) return;
  Diagnostic& found = report.at(*rule->to, fmt::format("answers keep the name that this `{}` rule makes", to_string(rule->match)));
  found.label = "not what the client asked for";
  found.notes.push_back(
      "the question is set back, the records are not: a client that asks for one name and gets records of another drops them");
  found.notes.push_back("only an `exact` rule sets the records' names back by itself");
  if (context.release >= answer_auto) {
    found.help = "write `answer auto` behind the rule";
    add_fix(rewrite, found);
  } else {
    found.help = "write `answer name PATTERN NAME` behind the rule, for the way back (`answer auto` came with CoreDNS 1.8.4)";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::rewrite_answer_name_kept
