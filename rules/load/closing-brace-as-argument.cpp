// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "plugins/facts.hpp"

namespace corefile::rules::closing_brace_as_argument {
namespace {

bool on_one_line(const Word& a, const Word& b) { return a.expansion == b.expansion && a.last_line() == b.line; }

bool takes_all(const plugins::Schema& schema, std::string_view name, Release release) {
  return std::any_of(schema.properties.begin(), schema.properties.end(), [&](const plugins::Property& property) {
    return property.name == name && property.arguments.life.covers(release) && property.setup == nullptr &&
           property.arguments.read == plugins::Read::remaining && property.arguments.max == 0xFFFF;
  });
}

void report_brace(const Config& config, const Word& property, const Word& brace, Report& report) {
  Diagnostic& found = report.at(brace, fmt::format("this `}}` is read as an argument of `{}`", property.text));
  found.label = "closes nothing";
  found.notes.push_back("CoreDNS reads all words on the line as arguments; the block goes on behind it");
  found.help = "put the `}` on a line of its own";
  const Place at = config.place(brace);
  const Source& source = config.document(at.document).source();
  const std::string_view line = source.text(source.line(config.place(property).span.begin));
  const std::string indent(line.substr(0, std::min(line.find_first_not_of(" \t"), line.size())));
  std::uint32_t begin = at.span.begin;
  while (begin > 0 && (source.text()[begin - 1] == ' ' || source.text()[begin - 1] == '\t')) --begin;
  found.fixes.push_back({"put the `}` on a line of its own", Safety::unsafe, {{{at.document, {begin, at.span.end}}, "\n" + indent + "}"}}});
}

void check_directive(Directive directive, const Context& context, Report& report) {
  if (!directive.has_block()) return;
  const Word* const end = directive.words().data() + directive.words().size();
  for (const Property line : directive.properties()) {
    const Word* const brace = line.words.data() + line.words.size();
    if (brace == end || brace->text != "}" || brace->quoted || !on_one_line(brace[-1], *brace)) continue;
    const plugins::Schema* schema = plugins::schema_of(directive.plugin());
    if (schema != nullptr && takes_all(*schema, line.name(), context.release)) {
      report_brace(*directive.config, line.words.front(), *brace, report);
    }
  }
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (std::uint32_t i = 0; i < config.mentions.size(); ++i) {
    const Directive directive{&config, i};
    if (!directive.properties().empty()) check_directive(directive, context, report);
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "closing-brace-as-argument",
    .summary = "A `}` behind a property that takes it for an argument",
    .check = check,
    .fixes = Fixes::always,
};

}  // namespace corefile::rules::closing_brace_as_argument
