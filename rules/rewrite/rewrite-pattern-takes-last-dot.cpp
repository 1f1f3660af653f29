// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "go/regexp.hpp"
#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_pattern_takes_last_dot {
namespace {

/// It ends in a group that takes all that is left, dot and all.
bool ends_in_open_group(std::string_view pattern) {
  if (pattern.ends_with('$')) pattern.remove_suffix(1);
  return pattern.ends_with("(.*)") || pattern.ends_with("(.+)");
}

void check(Directive rewrite, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const auto& rule = context.stanzas->name_rule(rewrite);
  if (!rule || rule->match != NameRule::Match::regex || !ends_in_open_group(rule->from->text)) return;
  const std::string last = fmt::format("{{{}}}", go::compile_regexp(rule->from->text).groups);
  if (!rule->to->text.ends_with(last)) return;
  Diagnostic& found =
      report.at(*rule->from, fmt::format("the last group takes the name's last dot, and `{}` gets another one", rule->to->text));
  found.label = "`www.example.org.` with its dot";
  found.labels.push_back({rewrite.config->place(*rule->to), "made fully qualified"});
  found.notes.push_back("a name with two dots at its end is none: every query that fits gets SERVFAIL");
  found.help = "leave the dot out of the group: end the pattern in `(.*)[.]`";
  if (!rule->from->text.ends_with('$'))
    found.fixes.push_back({"leave the dot out", Safety::safe, {Fixer(*rewrite.config).insert_behind(*rule->from, "[.]$")}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::rewrite_pattern_takes_last_dot
