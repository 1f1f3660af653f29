// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::duplicate_zone {

extern constinit const Rule rule{
    .check = report_problem, .problems = {ProblemKind::duplicate_zone}, .severity = Severity::error, .fixes = Fixes::never};

}  // namespace corefile::rules::duplicate_zone
