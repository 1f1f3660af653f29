// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::snippet_without_body {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  for (const Refusal& refusal : config.refusals) {
    if (refusal.kind != RefusalKind::snippet_without_body) continue;
    Diagnostic& found = report.at(refusal.place, fmt::format("the snippet `{}` has no body", shown(config.text(refusal.place))));
    found.label = "no `{` behind this";
    found.notes.push_back(says(context, refusal.message));
    found.help = "give it a body, `(name) { … }`, or write `import name` if it was to be used here";
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "snippet-without-body",
    .summary = "A snippet's label without its `{`",
    .check = check,
    .grounds = Ground::refusal,
    .severity = Severity::error,
};

}  // namespace corefile::rules::snippet_without_body
