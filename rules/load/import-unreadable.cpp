// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::import_unreadable {
namespace {

void check(const Problem& problem, const Context& context, Report& report) {
  report_target(problem, context, report, "cannot be read").help = "name files, not folders (`conf.d/*.conf`), and check who may read them";
}

}  // namespace

extern constinit const Rule rule{.check = check, .problems = {ProblemKind::import_unreadable}, .severity = Severity::error};

}  // namespace corefile::rules::import_unreadable
