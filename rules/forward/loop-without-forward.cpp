// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::loop_without_forward {
namespace {

void check(Directive loop, const Context& context, Report& report) {
  const ServerBlock block = loop.config->block(loop.block());
  if (!context.load->loads() || block.fragment() || has_foreign_plugin(block) || has_unresolved_import(*loop.config)) return;
  const auto directives = block.directives();
  if (std::any_of(directives.begin(), directives.end(), [](Directive one) { return is_forwarder(one.plugin()); })) return;
  Diagnostic& found = report.at(loop.name_word(), "`loop` has no `forward` to guard in this server block");
  found.label = "its probe comes to nothing";
  found.notes.push_back("it asks this server for a random name at the start, and the log gets `plugin/loop: no next plugin found` for it");
  found.help = "remove `loop`, or move it to the block that forwards";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::loop}, .severity = Severity::info};

}  // namespace corefile::rules::loop_without_forward
