// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules::no_backend {
namespace {

void check(const Config& config, const Context&, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (block.fragment() || block.dropped() || block.keys().empty()) continue;
    bool handled = false;
    bool answered = false;
    for (const Directive directive : block.directives()) {
      const Keyword name = directive.plugin();
      answered = answered || directive.name_word().unknown || (sees_queries(name) && !only_passes_on(name));
      if (answered) break;
      handled = handled || only_passes_on(name);
    }
    if (answered || !handled || !config.accepted() || is_incomplete(block) || accident_of(block) != Accident::none || is_cut_short(block))
      continue;
    const Word& key = block.keys().front();
    Diagnostic& found = report.at(key, fmt::format("no plugin of `{}` has answers", shown(key.text)));
    found.notes.push_back("its plugins only pass queries on: every one ends as SERVFAIL, \"no next plugin found\"");
    found.help = "add a plugin that answers, such as `forward`, `file` or `kubernetes`";
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "no-backend",
    .summary = "A server block whose plugins only pass queries on",
    .check = check,
};

}  // namespace corefile::rules::no_backend
