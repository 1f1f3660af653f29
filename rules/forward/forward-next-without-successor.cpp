// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::forward_next_without_successor {
namespace {

void check(Directive forward, const Context& context, Report& report) {
  const Properties lines = forward.properties();
  if (!context.load->loads() || (!lines.has("next") && !lines.has("next_on_nodata"))) return;
  const ServerBlock block = forward.config->block(forward.block());
  if (block.fragment() || has_unresolved_import(*forward.config)) return;
  for (const Directive other : block.directives()) {
    if (other.is(Plugin::forward) && other.index > forward.index) return;
  }
  const auto line = lines.has("next") ? lines.find("next") : lines.find("next_on_nodata");
  Diagnostic& found = report.at(line->words, fmt::format("`{}` has no effect: no `forward` follows this one", line->name()));
  found.label = "nobody to go to";
  found.notes.push_back("the answer is passed on to the next `forward` of the block, and to no other plugin");
  found.help = "write the second `forward` behind this one, or remove the line";
  if (auto edit = Fixer(*forward.config).remove_lines(line->words)) found.fixes.push_back({"remove it", Safety::safe, {std::move(*edit)}});
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward}, .lines = {"next", "next_on_nodata"}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::forward_next_without_successor
