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

void report_brace(const Config& config, const Word& property, const Word& brace, const Problem* problem, Report& report) {
  Diagnostic& found = report.at(brace, fmt::format("this `}}` is read as an argument of `{}`", property.text));
  found.label = "closes nothing";
  found.notes.push_back("CoreDNS reads all words on the line as arguments; the block goes on behind it");
  if (problem != nullptr) report.explain(found, *problem);
  found.help = "put the `}` on a line of its own";
  const Place at = config.place(brace);
  const Source& source = config.document(at.document).source();
  const std::string_view line = source.text(source.line(config.place(property).span.begin));
  const std::string indent(line.substr(0, std::min(line.find_first_not_of(" \t"), line.size())));
  std::uint32_t begin = at.span.begin;
  while (begin > 0 && (source.text()[begin - 1] == ' ' || source.text()[begin - 1] == '\t')) --begin;
  found.fixes.push_back({"put the `}` on a line of its own",
                         problem != nullptr ? Safety::safe : Safety::unsafe,
                         {{{at.document, {begin, at.span.end}}, "\n" + indent + "}"}}});
}

/// The `}` that stands on the line of a property of `directive`, where only the end of the line ends its arguments; null if none does.
const Word* closing_brace_on(Directive directive, Property property) noexcept {
  const Word* const end = directive.words().data() + directive.words().size();
  const Word* const brace = property.words.data() + property.words.size();
  if (brace == end || brace->text != "}" || brace->quoted || brace[-1].expansion != brace->expansion) return nullptr;
  return brace[-1].last_line() == brace->line ? brace : nullptr;
}

/// What CoreDNS says because the property takes the `}` behind it for an argument; null if it takes it.
const Problem* because_of(const Config& config, const Word& brace, Property property, const Problems& problems) {
  for (const Problem* problem : problems.all_on(config.place(brace))) {
    if (!problem->says.empty()) return problem;
  }
  for (const Problem* problem : problems.all_on(config.place(property.words.front()))) {
    if (problem->kind == ProblemKind::argument_count) return problem;
  }
  return nullptr;
}

/// Behind such a brace the plugin reads its further lines in the block as if they were properties.
void cover_displaced(Directive directive, const Context& context, Report& report) {
  for (const Word& word : directive.words()) {
    for (const Problem* problem : context.problems->all_on(directive.config->place(word))) {
      if (problem->kind != ProblemKind::once) report.cover(*problem);
    }
  }
}

/// Whether CoreDNS refuses one of them.
bool check_directive(Directive directive, const Context& context, Report& report) {
  const Config& config = *directive.config;
  bool refused = false;
  for (const Property line : directive.properties()) {
    const Word* const brace = closing_brace_on(directive, line);
    if (brace == nullptr) continue;
    const plugins::Schema* schema = plugins::schema_of(directive.plugin());
    const Problem* const problem = because_of(config, *brace, line, *context.problems);
    if (problem == nullptr && !(context.load->loads() && schema != nullptr && takes_all(*schema, line.name(), context.release))) continue;
    report_brace(config, line.words.front(), *brace, problem, report);
    if (problem == nullptr) continue;
    refused = true;
    report.cover(config.place(*brace));
    for (const Problem* other : context.problems->all_on(config.place(line.words.front()))) {
      if (other->kind == ProblemKind::argument_count) report.cover(*other);
    }
  }
  return refused;
}

void check(ServerBlock block, const Context& context, Report& report) {
  PluginSet displaced;
  for (const Directive directive : block.directives()) {
    if (displaced.has(directive.plugin())) cover_displaced(directive, context, report);
    if (!directive.has_block() || directive.properties().empty()) continue;
    if (check_directive(directive, context, report) && directive.plugin() != Plugin::unknown) displaced.add(directive.plugin());
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::brace_behind, .fixes = Fixes::always};

}  // namespace corefile::rules::closing_brace_as_argument
