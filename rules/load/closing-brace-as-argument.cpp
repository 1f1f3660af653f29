// SPDX-License-Identifier: Apache-2.0
#include "plugins/facts.hpp"
#include "reading.hpp"

namespace corefile::rules::closing_brace_as_argument {
namespace {

bool takes_all(const plugins::Schema& schema, std::string_view name, Release release) {
  return std::any_of(schema.properties.begin(), schema.properties.end(), [&](const plugins::Property& property) {
    return property.name == name && property.arguments.life.covers(release) && property.setup == nullptr &&
           property.arguments.read == plugins::Read::remaining && property.arguments.max == 0xFFFF;
  });
}

void report_brace(const Config& config, const Word& property, const Word& brace, const LoadFault* fault, const Context& context,
                  Report& report) {
  Diagnostic& found = report.at(brace, fmt::format("this `}}` is read as an argument of `{}`", property.text));
  found.label = "closes nothing";
  found.notes.push_back("CoreDNS reads all words on the line as arguments; the block goes on behind it");
  judge(found, context, fault);
  found.help = "put the `}` on a line of its own";
  const Place at = config.place(brace);
  const Source& source = config.document(at.document).source();
  const std::string_view line = source.text(source.line(config.place(property).span.begin));
  const std::string indent(line.substr(0, std::min(line.find_first_not_of(" \t"), line.size())));
  std::uint32_t begin = at.span.begin;
  while (begin > 0 && (source.text()[begin - 1] == ' ' || source.text()[begin - 1] == '\t')) --begin;
  found.fixes.push_back({"put the `}` on a line of its own",
                         fault != nullptr ? Safety::safe : Safety::unsafe,
                         {{{at.document, {begin, at.span.end}}, "\n" + indent + "}"}}});
}

void check_directive(Directive directive, const Context& context, Report& report) {
  if (!directive.has_block()) return;
  for (const Property line : directive.properties()) {
    const Word* const brace = closing_brace_on(directive, line);
    if (brace == nullptr) continue;
    const plugins::Schema* schema = plugins::schema_of(directive.plugin());
    const LoadFault* const fault = context.faults->because_of(*brace, line);
    if (fault != nullptr || (context.load->loads() && schema != nullptr && takes_all(*schema, line.name(), context.release))) {
      report_brace(*directive.config, line.words.front(), *brace, fault, context, report);
    }
  }
}

void check(const Config& config, const Context& context, Report& report) {
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
