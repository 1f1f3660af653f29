// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::dropped_server_block {
namespace {

/// The block's `{`, if nothing but white space and comments stand before its first directive.
Place opener(const Config& config, ServerBlock block) {
  const Place head = block.head();
  const std::string_view text = config.document(head.document).source().text();
  const std::size_t brace = text.substr(0, head.span.begin).find_last_not_of(" \t\r\n");
  if (brace == std::string_view::npos || text[brace] != '{') return head;
  return {head.document, {static_cast<std::uint32_t>(brace), static_cast<std::uint32_t>(brace) + 1}};
}

void check(const Config& config, const Context&, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (!block.dropped() || block.directives().empty()) continue;
    Diagnostic& found = report.at(opener(config, block), "this server block has no zone");
    found.label = "no key before it";
    found.notes.push_back("CoreDNS reads the block and drops it: it serves nothing, and no line of the log says so");
    if (config.block_count() == 1)
      found.notes.push_back("with no other block it starts a server of its own instead, `.:53 { whoami log }`");
    found.help = "write the zone before the `{`: `.:53 {` for all names";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::dropped_server_block
