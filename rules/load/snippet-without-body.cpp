// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::snippet_without_body {
namespace {

void check(const Problem& problem, const Context& context, Report& report) {
  const Config& config = context.readings->meant;
  Diagnostic& found = report.at(problem.place, fmt::format("the snippet `{}` has no body", shown(config.text(problem.place))));
  found.label = "no `{` behind this";
  report.explain(found, problem);
  found.help = "give it a body, `(name) { … }`, or write `import name` if it was to be used here";
}

}  // namespace

extern constinit const Rule rule{.check = check, .problems = {ProblemKind::snippet_without_body}, .severity = Severity::error};

}  // namespace corefile::rules::snippet_without_body
