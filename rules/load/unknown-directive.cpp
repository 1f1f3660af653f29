// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::unknown_directive {

extern constinit const Rule rule{
    .name = "unknown-directive",
    .summary = "A word where a plugin stands that no release of CoreDNS knows",
    .check = report_problem,
    .problems = {ProblemKind::unknown_directive},
    .severity = Severity::error,
    .fixes = Fixes::sometimes,
};

}  // namespace corefile::rules::unknown_directive
