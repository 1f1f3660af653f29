// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::dangling_comma {
namespace {

void check(const Problem& problem, const Context& context, Report& report) {
  const Config& config = context.readings->meant;
  Diagnostic& found = report.at(problem.place, "no key follows this comma");
  report.explain(found, problem);
  found.help = "remove the comma, or name another zone behind it";
  if (config.text(problem.place) == ",") found.fixes.push_back({"remove the comma", Safety::safe, {{problem.place, ""}}});
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .problems = {ProblemKind::dangling_comma}, .severity = Severity::error, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::dangling_comma
