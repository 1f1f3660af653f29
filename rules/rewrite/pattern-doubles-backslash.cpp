// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"

namespace corefile::rules::pattern_doubles_backslash {
namespace {

/// A backslash that stands for itself, and no other way round it.
bool wants_backslash(std::string_view pattern) {
  if (pattern.find('|') != std::string_view::npos) return false;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    if (c != '\\') continue;
    const bool doubled = i + 1 < pattern.size() && pattern[i + 1] == '\\';
    const char next = i + 2 < pattern.size() ? pattern[i + 2] : ' ';
    // Names hold one before odd characters, such as `\032`.
    if (doubled && !in_class && next != '?' && next != '*' && next != '{' && !ascii::is_digit(next) && next != 'd') return true;
    ++i;
  }
  return false;
}

void look(const Config& config, const Word& word, Report& report) {
  if (word.unknown || !wants_backslash(word.text)) return;
  Diagnostic& found = report.at(word, "no name fits this pattern: `\\\\` stands for a backslash");
  found.label = "one backslash is enough";
  found.notes.push_back("a Corefile does not take backslashes off, in quotes neither: the pattern is used as it stands");
  const Place at = config.place(word);
  std::string text(config.text(at));
  for (std::size_t i = text.find("\\\\"); i != std::string::npos; i = text.find("\\\\", i + 1)) text.erase(i, 1);
  found.help = "write `\\.` for a dot";
  found.fixes.push_back({"write single backslashes", Safety::unsafe, {Edit{at, text}}});
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  each_name_pattern(directive, *context.stanzas, [&](const Word& word) { look(*directive.config, word, report); });
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::rewrite, Plugin::template_}, .needs = Precondition::odd_byte, .fixes = Fixes::always};

}  // namespace corefile::rules::pattern_doubles_backslash
