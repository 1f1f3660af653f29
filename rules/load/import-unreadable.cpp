// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::import_unreadable {
namespace {

void check(const Problem& problem, const Context& context, Report& report) {
  const Config& config = context.readings->meant;
  Diagnostic& found = report.at(problem.place, fmt::format("`{}` cannot be read", shown(config.text(problem.place))));
  report.explain(found, problem);
  found.help = "name files, not folders (`conf.d/*.conf`), and check who may read them";
  if (!problem.certain) found.severity = Severity::warning;
}

}  // namespace

extern constinit const Rule rule{
    .name = "import-unreadable",
    .summary = "An `import` of a folder or of a file that cannot be read",
    .check = check,
    .problems = {ProblemKind::import_unreadable},
    .severity = Severity::error,
};

}  // namespace corefile::rules::import_unreadable
