// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_asterisk_is_literal {
namespace {

void check(Directive rewrite, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const auto& rule = context.stanzas->name_rule(rewrite);
  if (!rule || rule->match == NameRule::Match::regex) return;
  const bool asked = rule->from->text.find('*') != std::string_view::npos;
  if (!asked && rule->to->text.find('*') == std::string_view::npos) return;
  const Word& word = asked ? *rule->from : *rule->to;
  Diagnostic& found = report.at(word, asked ? fmt::format("`{}` fits no name: its `*` is a literal character", word.text)
                                            : fmt::format("names become `{}` with the `*` in them", word.text));
  found.label = "no wildcard";
  found.notes.push_back(fmt::format("a rule of kind `{}` knows no patterns", to_string(rule->match)));
  const std::string_view rest = word.text.substr(word.text.find('*') + 1);
  found.help = asked ? fmt::format("for all names below it write `name suffix {} …`, for others a `regex` rule",
                                   rest.empty() ? std::string_view(".example.org") : rest)
                     : "write the name out, or keep a part of the client's name with `suffix` or `regex`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}};

}  // namespace corefile::rules::rewrite_asterisk_is_literal
