// SPDX-License-Identifier: Apache-2.0
#include "lint/fixer.hpp"
#include "reading.hpp"

namespace corefile::rules::plugin_in_plugin_block {
namespace {

/// The first line of the block that is a plugin's, and no property of this one in any release.
std::optional<Property> first_plugin(Directive directive, const Context& context) {
  const Config& config = *directive.config;
  for (const Property& line : directive.properties()) {
    const Problem* problem = context.problems->on(config.place(line.words.front()));
    const bool unknown = problem != nullptr && problem->kind == ProblemKind::unknown_property;
    const Plugin other = parse_plugin(line.name());
    if (unknown && other != Plugin::unknown && other != directive.plugin() && is_stock_plugin(other)) return line;
  }
  return {};
}

/// The block's own `}` is put before the line, where it closes nothing else.
void move_brace(Diagnostic& found, Directive directive, const Property& line) {
  const Config& config = *directive.config;
  const Word& brace = directive.words().back();
  const Fixer fixer(config);
  const auto indent = fixer.indent_of(directive.name_word());
  if (!indent || !fixer.indent_of(line.words.front()) || brace.text != "}") return;
  for (const Word& word : directive.words()) {
    if (&word >= line.words.data() && (word.text == "{" || (word.text == "}" && &word != &brace))) return;
  }
  const auto gone = fixer.remove_lines(std::span(&brace, 1));
  const Place at = config.place(line.words.front());
  if (!gone || gone->place.document != at.document) return;
  const std::uint32_t begin = config.document(at.document).source().line(at.span.begin).begin;
  found.fixes.push_back(
      {"put the `}` before this line", Safety::unsafe, {{{at.document, {begin, begin}}, std::string(*indent) + "}\n"}, *gone}});
}

void check(Directive directive, const Context& context, Report& report) {
  if (!directive.has_block() || directive.plugin() == Plugin::unknown) return;
  const auto line = first_plugin(directive, context);
  if (!line) return;
  const Config& config = *directive.config;
  Diagnostic& found =
      report.at(line->words.front(), fmt::format("the plugin `{}` stands in the block of `{}`", line->name(), directive.name()));
  found.label = fmt::format("no property of `{}`", directive.name());
  found.labels.push_back({config.place(directive.words().back()), fmt::format("this `}}` closes `{}`", directive.name())});
  report.explain(found, line->words.front());
  found.help = fmt::format("close the block of `{}` with a `}}` before this line", directive.name());
  // Whatever stands between here and the block's end is misread for the same reason.
  for (const Word& word : directive.words()) {
    if (&word > line->words.data()) report.cover(config.place(word));
  }
  move_brace(found, directive, *line);
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::refused, .severity = Severity::error, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::plugin_in_plugin_block
