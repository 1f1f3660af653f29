// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::import_pattern {
namespace {

void check(const Problem& problem, const Context& context, Report& report) {
  report_target(problem, context, report, "is not a pattern that `import` takes").help =
      "use one `*` or one `?`, as in `conf.d/*.conf`; the path of the folder counts too";
}

}  // namespace

extern constinit const Rule rule{.check = check, .problems = {ProblemKind::import_pattern}, .severity = Severity::error};

}  // namespace corefile::rules::import_pattern
