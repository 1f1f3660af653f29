// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::unknown_property {

extern constinit const Rule rule{
    .check = report_problem, .problems = {ProblemKind::unknown_property}, .severity = Severity::error, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::unknown_property
