// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::whoami_answers_the_rest {
namespace {

void check(Directive whoami, const Context& context, Report& report) {
  const ServerBlock block = whoami.config->block(whoami.block());
  if (!context.load->loads() || block.has(Plugin::forward)) return;
  for (const Directive other : block.directives()) {
    if (!is_backend(other.plugin()) || other.is(Plugin::whoami) || other.is(Plugin::template_)) continue;
    if (chain_position(other.plugin(), context.release) > chain_position(Plugin::whoami, context.release)) continue;
    Diagnostic& found = report.at(whoami.name_word(), "`whoami` answers every name that gets to it, without an address");
    found.label = "for tests";
    found.labels.push_back({place_of(other), "what it passes on"});
    found.notes.push_back("it says that each name exists and has no records of the type, and who asked");
    found.help = "remove it, or write `forward` for the other names";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::whoami}, .severity = Severity::info};

}  // namespace corefile::rules::whoami_answers_the_rest
