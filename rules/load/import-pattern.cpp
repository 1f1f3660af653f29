// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::import_pattern {
namespace {

void check(const Problem& problem, const Context& context, Report& report) {
  const Config& config = context.readings->meant;
  Diagnostic& found = report.at(problem.place, fmt::format("`{}` is not a pattern that `import` takes", shown(config.text(problem.place))));
  report.explain(found, problem);
  found.help = "use one `*` or one `?`, as in `conf.d/*.conf`; the path of the folder counts too";
  if (!problem.certain) found.severity = Severity::warning;
}

}  // namespace

extern constinit const Rule rule{
    .name = "import-pattern",
    .summary = "An `import` pattern with more than one wildcard",
    .check = check,
    .problems = {ProblemKind::import_pattern},
    .severity = Severity::error,
};

}  // namespace corefile::rules::import_pattern
