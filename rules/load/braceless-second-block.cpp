// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::braceless_second_block {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    const Word* zone = key_as_directive(block);
    // As the first line it is a key that lacks a comma before it: zone-list-newline.
    if (zone == nullptr || zone == &(*block.directives().begin()).name_word() || key_mistake_of(block) != KeyMistake::none) continue;
    if (context.problems->on(config.place(*zone)) == nullptr) continue;
    Diagnostic& found = report.at(*zone, fmt::format("`{}` cannot begin a server block here", shown(zone->text)));
    found.labels.push_back({config.place(block.keys().front()), "this block has no braces"});
    found.notes.push_back("a server block without braces goes on to the end of the file, so this is read as a directive of it");
    report.explain(found, *zone);
    cover_zones(block, context, report);
    found.help = "put braces around every server block";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::refused, .severity = Severity::error};

}  // namespace corefile::rules::braceless_second_block
