// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"

namespace corefile::rules::pattern_with_capitals {
namespace {

/// Where a capital stands for itself; npos if none does. Not behind a `\`, in a class, or in a group's name.
std::size_t literal_capital(std::string_view pattern) {
  if (pattern.find("(?i") != std::string_view::npos || pattern.find('|') != std::string_view::npos) return std::string_view::npos;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      if (i + 1 < pattern.size() && (pattern[i + 1] == 'p' || pattern[i + 1] == 'P' || pattern[i + 1] == 'Q'))
        return std::string_view::npos;
      ++i;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
    } else if (c == '(' && pattern.substr(i).starts_with("(?")) {
      const std::size_t end = pattern.find_first_of(">:)", i);
      if (end == std::string_view::npos) return std::string_view::npos;
      i = end;
    } else if (ascii::is_upper(c)) {
      // `X?` and `X*` may be left out.
      const char next = i + 1 < pattern.size() ? pattern[i + 1] : ' ';
      if (next != '?' && next != '*' && next != '{') return i;
    }
  }
  return std::string_view::npos;
}

void look(const Config& config, const Word& word, Report& report) {
  if (word.unknown || literal_capital(word.text) == std::string_view::npos) return;
  Diagnostic& found = report.at(word, "no name fits this pattern: it has a capital letter");
  found.label = "names are in small letters";
  found.notes.push_back("CoreDNS compares with the name in small letters, however the client wrote it");
  found.help = "write the pattern in small letters, or put `(?i)` before it";
  if (word.quoted == 0) found.fixes.push_back({"insert `(?i)`", Safety::unsafe, {Fixer(config).insert_before(word, "(?i)")}});
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  each_name_pattern(directive, *context.stanzas, [&](const Word& word) { look(*directive.config, word, report); });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite, Plugin::template_}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::pattern_with_capitals
