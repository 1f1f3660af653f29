// SPDX-License-Identifier: Apache-2.0
#include "base/byte_set.hpp"
#include "reading.hpp"

namespace corefile::rules::foreign_punctuation {
namespace {

std::string_view meaning(char sign) {
  switch (sign) {
    case '=':
      return "`=` is an argument like any other";
    case ',':
      return "words are separated by spaces; the comma is part of the word";
    case ';':
      return "a line ends with its line end; the `;` is part of the word";
    default:
      return "a name is followed by a space; the `:` is part of the word";
  }
}

Diagnostic& report_sign(const Config& config, const Word& word, char sign, Report& report) {
  Place at = config.place(word);
  const bool whole = word.text.size() == 1;
  Span gone = at.span;
  if (whole) {
    const std::string_view text = config.document(at.document).source().text();
    while (gone.begin > 0 && text[gone.begin - 1] == ' ') --gone.begin;
  } else {
    at.span.begin = gone.begin = at.span.end - 1;
  }
  Diagnostic& found =
      report.at(at, whole ? "this `=` is read as an argument" : fmt::format("`{}` is read with its `{}`", shown(word.text), sign));
  found.notes.emplace_back(meaning(sign));
  found.help = fmt::format("remove the `{}`", sign);
  found.fixes.push_back({fmt::format("remove the `{}`", sign), Safety::safe, {{{at.document, gone}, ""}}});
  return found;
}

constexpr ByteSet signs(",;=:");

bool ends_in_sign(const Word& word) { return !word.text.empty() && signs.has(word.text.back()); }

void check(const Config& config, const Context& context, Report& report) {
  for (const Directive directive : config.directives()) {
    for (const Word& word : directive.words()) {
      const char sign = ends_in_sign(word) ? punctuation_of(directive, word) : '\0';
      if (sign == '\0') continue;
      Diagnostic& found = report_sign(config, word, sign, report);
      report.explain(found, word);
      // The `=` is one argument too many, which is said of the others.
      if (word.text == "=") {
        for (const Word& other : directive.words()) {
          if (other.line == word.line) report.explain(found, other);
        }
      }
      // It closes nothing, and the braces before it stay open.
      if (word.text.front() == '}' && context.problems->on(config.place(word)) != nullptr) cover_open_braces(config, context, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::foreign_sign, .fixes = Fixes::always};

}  // namespace corefile::rules::foreign_punctuation
