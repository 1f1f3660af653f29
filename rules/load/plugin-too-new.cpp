// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::plugin_too_new {

extern constinit const Rule rule{
    .check = report_problem, .problems = {ProblemKind::future_directive}, .severity = Severity::error, .fixes = Fixes::never};

}  // namespace corefile::rules::plugin_too_new
