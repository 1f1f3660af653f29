// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/stanzas.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::template_without_answer {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  const Template& own = context.stanzas->template_of(directive);
  // For one type alone it is a common way to have no answers of that type.
  if (!own.known || own.type != "ANY" || own.answers || !context.load->loads()) return;
  if (has_unresolved_import(*directive.config, directive.config->place(directive.words()))) return;
  Diagnostic& found = report.at(directive.name_word(), "this `template` says nothing: its answers are empty");
  found.label = "neither records nor an `rcode`";
  found.notes.push_back("clients learn that the name exists and has no data (NOERROR), and what stands behind is not asked");
  found.help = "add `answer`, or say that there is no such name with `rcode NXDOMAIN`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .severity = Severity::info};

}  // namespace corefile::rules::template_without_answer
