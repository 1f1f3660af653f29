// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

namespace corefile::rules {
namespace {

void check(const Config& config, const Context&, Report& report) {
  for (const Refusal& refusal : config.refusals) {
    if (refusal.kind != RefusalKind::unclosed_brace) continue;
    Diagnostic& found = report.at(refusal.place, "this `{` is never closed");
    found.label = "opened here";
    found.notes.push_back("CoreDNS: " + refusal.message);
    found.help = "add the missing `}` on a line of its own";
  }
}

}  // namespace

extern constinit const Rule unclosed_brace{
    .name = "unclosed-brace",
    .summary = "A `{` without its `}`",
    .check = check,
    .severity = Severity::error,
};

}  // namespace corefile::rules
