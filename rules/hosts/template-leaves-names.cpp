// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/stanzas.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::template_leaves_names {
namespace {

constexpr Release servfail{1, 9, 3};  // before, template.go gave NXDOMAIN without writing an answer

/// Something behind it would be asked, if it let queries pass.
bool keeps_from_others(Directive directive, const Template& own, const std::vector<Directive>& templates, const Context& context) {
  for (const Directive other : templates) {
    if (other.index <= directive.index) continue;
    const Template& later = context.stanzas->template_of(other);
    if (!later.known || (same_questions(own, later) && any_overlaps(own.zones, later.zones))) return true;
  }
  return !shadowed_backends(directive, own.zones, context.release).empty();
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads() || block.fragment() || block.dropped() || has_foreign_plugin(block) || has_unresolved_import(*block.config))
    return;
  const std::vector<Directive> templates = templates_of(block);
  for (const Directive directive : templates) {
    const Template& own = context.stanzas->template_of(directive);
    if (!own.known || own.falls_through || own.cls == "CH" || takes_all(own, *context.patterns)) continue;
    // `template-without-fallthrough` says it better.
    if (keeps_from_others(directive, own, templates, context)) continue;
    const bool silent = context.release < servfail;
    Diagnostic& found = report.at(directive.words().first(std::min<std::size_t>(directive.words().size(), 3)),
                                  fmt::format("names that this `template` does not match get {}", silent ? "no answer" : "SERVFAIL"));
    found.severity = silent ? Severity::warning : Severity::info;
    found.label = "for those that match alone";
    found.notes.push_back(silent ? "clients wait for their timeout, and ask again"
                                 : "clients take SERVFAIL for a fault of the server, and ask again; NXDOMAIN would be final");
    found.help = fmt::format("write `fallthrough` into it, and behind it `template IN ANY` with `rcode NXDOMAIN` for the rest");
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .severity = Severity::info};

}  // namespace corefile::rules::template_leaves_names
