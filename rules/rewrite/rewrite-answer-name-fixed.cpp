// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_answer_name_fixed {
namespace {

/// Fits more than one name, whatever its dots are.
bool fits_many(std::string_view pattern) { return pattern.find_first_of("*+|[") != std::string_view::npos; }

/// The pattern without what stands for itself in most names: anchors and escapes.
std::string plain(std::string_view pattern) {
  std::string out;
  for (const char c : pattern) {
    if (c != '\\' && c != '^' && c != '$') out += c;
  }
  return out;
}

void check(Directive rewrite, const Context& context, Report& report) {
  const auto& rule = context.stanzas->name_rule(rewrite);
  if (!rule || rule->match != NameRule::Match::regex || !fits_many(rule->from->text) || !context.load->loads()) return;
  const RewriteWords words(rewrite);
  for (std::size_t i = rule->metadata ? 4 : 3; i + 3 < words.size(); ++i) {
    if (words[i].text != "answer" || words[i + 1].text != "name" || words[i + 2].text == "auto") continue;
    const Word& to = words[i + 3];
    // Several rules for the answer, or a group: it may come out right.
    if (to.text.find('{') != std::string_view::npos || i + 4 < words.size() || fits_many(plain(words[i + 2].text))) return;
    Diagnostic& found = report.at(to, fmt::format("every answer is for `{}`, whatever name was asked for", to.text));
    found.label = "one name";
    found.labels.push_back({rewrite.config->place(*rule->from), "many names"});
    found.notes.push_back("clients drop an answer for a name that they did not ask for");
    found.help = "write `answer auto` instead of this `answer name`";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}};

}  // namespace corefile::rules::rewrite_answer_name_fixed
