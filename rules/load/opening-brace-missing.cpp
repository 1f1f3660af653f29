// SPDX-License-Identifier: Apache-2.0
#include "lint/fixer.hpp"
#include "reading.hpp"

namespace corefile::rules::opening_brace_missing {
namespace {

/// What stands behind the directive's last word on its line.
std::string_view rest_of_line(Directive directive) {
  const Place last = directive.config->place(directive.words().back());
  const std::string_view text = directive.config->document(last.document).source().text();
  return text.substr(last.span.end, std::min(text.find('\n', last.span.end), text.size()) - last.span.end);
}

void cover_properties(ServerBlock block, Directive opened, const Context& context, Report& report) {
  bool behind = false;
  for (const Directive directive : block.directives()) {
    if (behind && !is_property_of(directive, opened.plugin())) return;
    if (behind && is_unknown(directive, context)) report.cover(block.config->place(directive.name_word()));
    behind = behind || directive.index == opened.index;
  }
}

void check(ServerBlock block, const Context& context, Report& report) {
  const auto opened = without_opening_brace(block, context);
  if (!opened) return;
  const Config& config = *block.config;
  const bool comment = rest_of_line(*opened).find('#') != std::string_view::npos;
  Directive property = *opened;
  ++property.index;
  Diagnostic& found = report.at(opened->words().back(), fmt::format("the block of `{}` has no `{{`", opened->name()));
  found.label = comment ? "a comment begins behind this word" : "no `{` behind this word";
  found.labels.push_back({config.place(property.name_word()), "taken for a plugin"});
  found.notes.push_back(fmt::format("its `}}` then closes the server block, and what follows stands outside of any"));
  report.explain(found, property.name_word());
  cover_properties(block, *opened, context, report);
  if (comment) {
    // What is in the comment is missing from the directive, too.
    for (const Problem* problem : context.problems->all_on(config.place(opened->name_word()))) report.cover(*problem);
    found.help = "take the `#` away, or write ` {` in front of it";
    return;
  }
  found.help = "write ` {` at the end of this line";
  found.fixes.push_back({"insert ` {`", Safety::safe, {Fixer(config).insert_behind(opened->words().back(), " {")}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::refused, .severity = Severity::error, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::opening_brace_missing
