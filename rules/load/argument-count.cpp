// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::argument_count {

extern constinit const Rule rule{
    .check = report_problem, .problems = {ProblemKind::argument_count}, .severity = Severity::error, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::argument_count
