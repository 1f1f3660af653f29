// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/stanzas.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::template_leaves_types {
namespace {

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads() || block.fragment() || block.dropped() || has_foreign_plugin(block) || has_unresolved_import(*block.config))
    return;
  const Directive* first = nullptr;
  std::optional<Directive> seen;
  for (const Directive directive : block.directives()) {
    if (!is_backend(directive.plugin())) continue;
    if (!directive.is(Plugin::template_)) return;
    const Template& own = context.stanzas->template_of(directive);
    // Reverse zones hold PTR alone.
    if (!own.known || own.type == "ANY" || own.type == "PTR" || own.cls == "CH") return;
    if (first == nullptr) {
      seen = directive;
      first = &*seen;
    }
  }
  if (first == nullptr) return;
  Diagnostic& found = report.at(first->words().first(3), "queries of other types get SERVFAIL here, not an empty answer");
  found.label = fmt::format("for `{}` alone", first->arguments()[1].text);
  found.notes.push_back("nothing behind `template` answers: a client that asks for AAAA as well as A takes it for a fault of the server");
  found.help = "add a `template ANY ANY` behind it with `rcode NOERROR` in its block, or a plugin that serves the zone";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .severity = Severity::info};

}  // namespace corefile::rules::template_leaves_types
