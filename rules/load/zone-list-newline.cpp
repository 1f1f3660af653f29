// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::zone_list_newline {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    const Word* name = key_as_directive(block);
    if (name == nullptr || name != &(*block.directives().begin()).name_word() || key_mistake_of(block) != KeyMistake::none) continue;
    if (block.keys().back().text.starts_with('}') || context.problems->on(config.place(*name)) == nullptr) continue;
    const Place last = config.place(block.keys().back());
    Diagnostic& found = report.at(*name, fmt::format("`{}` is read as a directive, not as a zone", shown(name->text)));
    found.labels.push_back({last, "the list of zones ends here"});
    found.notes.push_back("a list of zones goes on in the next line only behind a comma");
    report.explain(found, *name);
    cover_zones(block, context, report);
    found.help = "write the zones on one line, or end each line but the last with a comma";
    found.fixes.push_back({"insert a comma", Safety::safe, {{{last.document, {last.span.end, last.span.end}}, ","}}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::refused, .severity = Severity::error, .fixes = Fixes::always};

}  // namespace corefile::rules::zone_list_newline
