// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::import_arguments {
namespace {

void check(const Problem& problem, const Context& context, Report& report) {
  const bool several = problem.says.starts_with("Import takes");
  const auto message = [&]() -> std::string {
    if (problem.kind == ProblemKind::import_empty) return "`import` is given an empty name";
    if (!several) return "`import` has no name";
    return fmt::format("`{}` is one name too many for `import`", shown(context.readings->meant.text(problem.place)));
  };
  Diagnostic& found = report.at(problem.place, message());
  report.explain(found, problem);
  found.help =
      several ? "write one `import` for each name, on a line of its own" : "name a snippet, a file or a pattern such as `conf.d/*.conf`";
  if (!problem.certain) found.severity = Severity::warning;
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .problems = {ProblemKind::import_argument_count, ProblemKind::import_empty}, .severity = Severity::error};

}  // namespace corefile::rules::import_arguments
