// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::plugin_conflict {

extern constinit const Rule rule{.check = report_problem, .problems = {ProblemKind::conflict}, .severity = Severity::error};

}  // namespace corefile::rules::plugin_conflict
