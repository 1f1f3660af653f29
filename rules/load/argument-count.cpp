// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::argument_count {

extern constinit const Rule rule{
    .name = "argument-count",
    .summary = "A plugin or property with more or fewer words than it takes",
    .check = report_problem,
    .problems = {ProblemKind::argument_count},
    .severity = Severity::error,
    .fixes = Fixes::sometimes,
};

}  // namespace corefile::rules::argument_count
