// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::invalid_key {

extern constinit const Rule rule{
    .check = report_problem, .problems = {ProblemKind::invalid_key}, .severity = Severity::error, .fixes = Fixes::never};

}  // namespace corefile::rules::invalid_key
