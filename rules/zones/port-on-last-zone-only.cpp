// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules::port_on_last_zone_only {
namespace {

void check_block(ServerBlock block, const Context& context, Report& report) {
  const std::span<const Word> words = block.keys();
  if (words.size() < 2 || block.fragment() || words.back().unknown || words.back().text.find(':') == std::string_view::npos) return;
  const Key last = read_key(words.back().text, context.release);
  if (!last.port_written || last.port == std::to_string(default_port(last.transport)) || !is_zone(ZoneBlock(block), last)) return;
  std::vector<Edit> edits;
  for (const Word& word : words.first(words.size() - 1)) {
    const Key key = read_key(word.text, context.release);
    if (word.unknown || word.expansion != words.back().expansion || !key.error.empty() || key.port_written ||
        key.transport != last.transport) {
      return;
    }
    const Place at = block.config->place(word);
    if (word.quoted) return;
    edits.push_back({{at.document, {at.span.end, at.span.end}}, ':' + last.port});
  }
  const Place first = block.config->place(words.front());
  Diagnostic& found = report.at(words.back(), fmt::format("only `{}` is served on port {}", last.zone_text, last.port));
  found.labels.push_back({first, fmt::format("served on port {}", default_port(last.transport))});
  found.notes.push_back("a port belongs to its own key, not to the list");
  found.help = fmt::format("write `:{}` behind every zone, or `:{}` where that is meant", last.port, default_port(last.transport));
  found.fixes.push_back({fmt::format("write `:{}` behind every zone", last.port), Safety::unsafe, std::move(edits)});
}

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) check_block(config.block(i), context, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .fixes = Fixes::always};

}  // namespace corefile::rules::port_on_last_zone_only
