// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "reading.hpp"

namespace corefile::rules::server_block_key_is_plugin {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  bool closed_early = false;  // by the `}` of a block without its `{`, or with one before its last lines
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (key_mistake_of(block) != KeyMistake::stray_directive) {
      closed_early = without_opening_brace(block, context) || property_behind_block(block, context);
      continue;
    }
    if (closed_early) {
      report.cover(block);
      continue;
    }
    const Word& name = block.keys().front();
    if (context.folded && context.problems->in(block) == nullptr) continue;
    Diagnostic& found = report.at(name, fmt::format("`{}` stands outside of any server block", shown(name.text)));
    found.label = "read as a zone";
    found.notes.push_back("what stands outside of server blocks is a list of zones to CoreDNS, and what follows is read as their block");
    report.explain(found, block);
    const std::string lower = ascii::to_lower(name.text);
    if (lower != name.text ? lower == "import" : nearly(lower, "import")) {
      found.help = "write `import` if a file is to be imported";
      found.fixes.push_back({"write `import`", Safety::unsafe, {{config.place(name), "import"}}});
    } else if (context.role == Role::custom_server) {
      found.help =
          "put it into a server block, `zone:53 { … }`; lines for the cluster's own block belong under a key that ends in `.override`";
    } else {
      found.help =
          "put it between a server block's `{` and `}`; look above for a block that is closed too early, or whose first line is missing";
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::key_mistake, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::server_block_key_is_plugin
