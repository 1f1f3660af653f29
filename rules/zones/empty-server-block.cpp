// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules::empty_server_block {
namespace {

/// A block that holds `health`, `reload` and the like for the whole process, under a name or port that no client asks for.
bool is_service_only(ServerBlock block, Release release) {
  if (block.directives().empty()) return false;
  const Key key = read_key(block.keys().front().text, release);
  const bool odd_port = key.port_written && key.port != std::to_string(default_port(key.transport));
  return odd_port || (!key.zones.empty() && key.zones.front() != ".");
}

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (block.fragment() || block.dropped() || block.keys().empty()) continue;
    bool handled = false;
    for (const Directive directive : block.directives()) {
      handled = handled || directive.name_word().unknown || facts_of(directive.plugin()).queries != plugins::Queries::nothing;
      if (handled) break;
    }
    if (handled || !config.accepted() || is_incomplete(block) || key_mistake_of(block) != KeyMistake::none || is_cut_short(block)) continue;
    const Word& key = block.keys().front();
    Diagnostic& found = report.at(key, fmt::format("nothing in `{}` answers queries", shown(key.text)));
    if (is_service_only(block, context.release)) found.severity = Severity::info;
    found.notes.push_back(block.directives().empty() ? "the block is empty: CoreDNS refuses every query for the zone"
                                                     : "none of its plugins sees a query: CoreDNS refuses every query for the zone");
    found.notes.push_back("queries go to the block with the longest matching zone, and never from there to another block");
    found.help = "add a plugin that answers, such as `forward`, `file` or `kubernetes`, or remove the block";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::empty_server_block
