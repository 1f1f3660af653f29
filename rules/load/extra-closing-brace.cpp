// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::extra_closing_brace {
namespace {

bool concerns_braces(const Problem& refusal) {
  return refusal.kind == ProblemKind::stray_brace || refusal.kind == ProblemKind::unclosed_brace;
}

void check(const Config& config, const Context& context, Report& report) {
  bool concerned = std::any_of(config.refusals().begin(), config.refusals().end(), concerns_braces);
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    concerned = concerned || without_opening_brace(block, context) || property_behind_block(block, context);
    if (key_mistake_of(block) != KeyMistake::closing_brace) continue;
    // Of a word of several braces `unclosed-brace` speaks.
    if (concerned || (block.keys().front().text != "}" && context.readings->differ())) {
      report.cover(block);
      continue;
    }
    const Word& key = block.keys().front();
    const Place at = config.place(key);
    Diagnostic& found = report.at(at, "this `}` closes nothing");
    found.label = "read as a zone";
    if (has_braces(block) || block.directives().empty()) {
      found.notes.push_back("CoreDNS reads it as a key, and serves a zone of this name");
    } else {
      found.notes.push_back("CoreDNS reads it as the key of a server block without braces, and all that follows as that block");
    }
    report.explain(found, block);
    // At the end of a file alone nothing is read as its block.
    const bool harmless = block.directives().empty() && i + 1 == config.block_count() && config.documents().size() == 1;
    if (found.severity == Severity::warning && harmless) found.severity = Severity::info;
    found.help = "remove it, or look above for a block that was closed too early";
    const Source& source = config.document(at.document).source();
    Span gone = source.line(at.span.begin);
    const std::string_view line = source.text(gone);
    const bool alone =
        line.find_first_not_of(" \t\r") == at.span.begin - gone.begin && line.find_last_not_of(" \t\r") == at.span.begin - gone.begin;
    if (alone && gone.end < source.text().size()) ++gone.end;
    found.fixes.push_back({"remove this `}`", Safety::unsafe, {{{at.document, alone ? gone : at.span}, ""}}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::key_mistake, .fixes = Fixes::always, .unbalanced = true};

}  // namespace corefile::rules::extra_closing_brace
