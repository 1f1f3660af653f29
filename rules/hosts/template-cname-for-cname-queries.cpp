// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"
#include "lint/zones.hpp"
#include "template_record.hpp"

namespace corefile::rules::template_cname_for_cname_queries {
namespace {

bool answers_cname(const Template& one) {
  return std::any_of(one.lines.begin(), one.lines.end(), [](Property line) {
    return line.name() == "answer" && !line.arguments().empty() && read_record(line.arguments().front().text).type == "CNAME";
  });
}

void check(Directive directive, const Context& context, Report& report) {
  const Template& own = context.stanzas->template_of(directive);
  if (!own.known || own.type != "CNAME" || !context.load->loads() || !answers_cname(own)) return;
  for (const Directive other : templates_of(directive.config->block(directive.block()))) {
    const Template& one = context.stanzas->template_of(other);
    // Another is for the types that clients ask for.
    if (other.index != directive.index && (!one.known || (one.type != "CNAME" && any_overlaps(own.zones, one.zones)))) return;
  }
  const Word& type = directive.arguments()[1];
  Diagnostic& found = report.at(type, "only queries of the type CNAME are answered here, and clients ask for A and AAAA");
  found.label = "the query's type";
  found.notes.push_back("the type behind `template` is that of the question, not of the record");
  found.help = "write `ANY`: a name that is an alias has a CNAME record for all types";
  found.fixes.push_back({"write `ANY`", Safety::unsafe, {Fixer(*directive.config).replace(type, "ANY")}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .fixes = Fixes::always};

}  // namespace corefile::rules::template_cname_for_cname_queries
