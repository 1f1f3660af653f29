// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

namespace corefile::rules::debug_left_on {
namespace {

void check(Directive debug, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  Diagnostic& found = report.at(debug.name_word(), "with `debug` a panic while a query is answered ends CoreDNS");
  found.label = "for all blocks of the listener";
  found.notes.push_back("without it the query gets SERVFAIL, and CoreDNS goes on");
  found.help = "remove it when you are done";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::debug}, .severity = Severity::info};

}  // namespace corefile::rules::debug_left_on
