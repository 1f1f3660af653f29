// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::invalid_value {

extern constinit const Rule rule{
    .check = report_problem, .problems = {ProblemKind::invalid_value}, .severity = Severity::error, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::invalid_value
