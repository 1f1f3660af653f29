// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::reload_missing {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  if (context.role != Role::cluster || config.has(Plugin::reload) || !context.load->loads() || has_unresolved_import(config)) return;
  for (const Directive directive : config.directives()) {
    if (!directive.is(Plugin::kubernetes)) continue;
    Diagnostic& found = report.at(config.block(directive.block()).head(), "no `reload` stands in this Corefile");
    found.notes.push_back("a changed ConfigMap comes into the pods by itself, but CoreDNS goes on with what it read at its start");
    found.help = "write `reload` into one of the server blocks, or restart the pods behind each change";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::in_cluster, .severity = Severity::info};

}  // namespace corefile::rules::reload_missing
