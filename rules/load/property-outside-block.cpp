// SPDX-License-Identifier: Apache-2.0
#include "lint/fixer.hpp"
#include "reading.hpp"

namespace corefile::rules::property_outside_block {
namespace {

/// The block's `}` is put behind the lines, which stand right behind it.
void move_brace(Diagnostic& found, Directive owner, Directive last) {
  const Config& config = *owner.config;
  const Word& brace = owner.words().back();
  const Fixer fixer(config);
  const auto indent = fixer.indent_of(owner.name_word());
  if (!indent || !fixer.indent_of(last.name_word()) || brace.text != "}") return;
  const auto gone = fixer.remove_lines(std::span(&brace, 1));
  const Place at = config.place(last.words().back());
  const Source& source = config.document(at.document).source();
  const std::uint32_t end = source.line(at.span.begin).end;
  if (!gone || gone->place.document != at.document || end >= source.text().size()) return;
  found.fixes.push_back(
      {"put the `}` behind it", Safety::unsafe, {*gone, {{at.document, {end + 1, end + 1}}, std::string(*indent) + "}\n"}}});
}

void check(ServerBlock block, const Context& context, Report& report) {
  const auto outside = property_behind_block(block, context);
  if (!outside) return;
  const Config& config = *block.config;
  Directive owner = *outside;
  --owner.index;
  Directive last = *outside;
  for (const Directive directive : block.directives()) {
    if (directive.index < outside->index) continue;
    if (!is_unknown(directive, context) || !is_property_of(directive, owner.plugin())) break;
    last = directive;
    if (directive.index > outside->index) report.cover(config.place(directive.name_word()));
  }
  Diagnostic& found = report.at(outside->name_word(),
                                fmt::format("`{}` stands behind the block of `{}`, whose property it is", outside->name(), owner.name()));
  found.label = "taken for a plugin";
  found.labels.push_back({config.place(owner.words().back()), fmt::format("this `}}` closes `{}`", owner.name())});
  report.explain(found, outside->name_word());
  found.help = fmt::format("put it between the `{{` and the `}}` of `{}`", owner.name());
  move_brace(found, owner, last);
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::refused, .severity = Severity::error, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::property_outside_block
