// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::expansion_too_large {
namespace {

void check(const Problem& problem, const Context& context, Report& report) {
  if (problem.kind == ProblemKind::import_limit) {
    Diagnostic& found = report.at(problem.place, "too many imports");
    report.explain(found, problem);
    found.help = "import fewer files, or each of them once";
  } else if (!ends_in_cycle(context.readings->meant)) {
    Diagnostic& found = report.at(problem.place, "the imports bring more text than this tool reads");
    found.label = "read up to here";
    found.notes.push_back("what follows is not checked");
    found.help = "look for snippets that import one another several times: each level multiplies the text";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .problems = {ProblemKind::import_limit, ProblemKind::too_large}};

}  // namespace corefile::rules::expansion_too_large
