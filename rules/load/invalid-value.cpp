// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::invalid_value {

extern constinit const Rule rule{
    .name = "invalid-value",
    .summary = "A value that the plugin does not accept",
    .check = report_problem,
    .problems = {ProblemKind::invalid_value},
    .severity = Severity::error,
    .fixes = Fixes::sometimes,
};

}  // namespace corefile::rules::invalid_value
