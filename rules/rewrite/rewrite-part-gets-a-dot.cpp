// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_part_gets_a_dot {
namespace {

void check(Directive rewrite, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const auto& rule = context.stanzas->name_rule(rewrite);
  if (!rule || (rule->match != NameRule::Match::prefix && rule->match != NameRule::Match::substring)) return;
  const std::string_view from = rule->from->text;
  if (from.empty() || from.ends_with('.')) return;
  const bool never = !ascii::is_alnum(from.back());
  Diagnostic& found = report.at(*rule->from, fmt::format("this {} is read as `{}.`", to_string(rule->match), from));
  if (!never) found.severity = Severity::info;
  found.label = "whole labels only";
  found.notes.push_back(never ? "both names of a rule are made fully qualified: only a label that ends so fits, and hardly any does"
                              : "both names of a rule are made fully qualified: a label that goes on behind it does not fit");
  found.help = fmt::format("for a part of a label write a `regex` rule, such as `name regex ^{}(.*)[.]$ …`", from);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}};

}  // namespace corefile::rules::rewrite_part_gets_a_dot
