// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::log_zone_outside {
namespace {

void check(Directive log, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const ServerBlock block = log.config->block(log.block());
  std::span<const Word> names = log.arguments();
  if (names.size() > 1 && names.back().text.find('{') != std::string_view::npos) names = names.first(names.size() - 1);
  if (block.fragment() || names.empty() || !all_known(names) || !all_known(block.keys())) return;
  for (const Word& key : block.keys()) {
    // A CIDR, a scheme, a port behind a bracket: not compared here.
    if (key.text.find_first_of("/[") != std::string_view::npos) return;
  }
  const auto is_name = [](const Word& word) {
    return word.text.find('.') != std::string_view::npos && word.text.find_first_of("/{*") == std::string_view::npos &&
           !word.text.starts_with('.');
  };
  if (!std::all_of(names.begin(), names.end(), is_name) || any_overlaps(names, block.keys())) return;
  Diagnostic& found = report.at(names, names.size() == 1 ? "the block is never asked for names of this zone: nothing is logged"
                                                         : "the block is never asked for names of these zones: nothing is logged");
  found.labels.push_back({log.config->place(block.keys().front()), "the block's zone"});
  found.notes.push_back("a query goes to one server block, that of its zone, and is logged there or not at all");
  found.help = "move the line into the block for these names, or write `log` alone";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::log}};

}  // namespace corefile::rules::log_zone_outside
