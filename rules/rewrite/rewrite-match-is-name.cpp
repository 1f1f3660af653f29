// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/name_rule.hpp"

namespace corefile::rules::rewrite_match_is_name {
namespace {

void check(Directive rewrite, const Context& context, Report& report) {
  const RewriteWords words(rewrite);
  if (!context.load->loads() || !words.known() || !words.is_kind("name") || words.size() != 2) return;
  const std::string_view match = words[0].text;
  if (!name_match(match)) return;
  Diagnostic& found = report.at(words[0], fmt::format("`{}` is taken for the name that is to be rewritten", match));
  found.label = "a name";
  found.labels.push_back({rewrite.config->place(words[1]), "what it becomes"});
  found.notes.push_back("with two words behind `name`, the first is the name and the second what it becomes: nobody asks for this one");
  found.help = fmt::format("write both, as in `rewrite name {} {} NAME`", match, words[1].text);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}};

}  // namespace corefile::rules::rewrite_match_is_name
