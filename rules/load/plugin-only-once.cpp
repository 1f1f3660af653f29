// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::plugin_only_once {

extern constinit const Rule rule{.check = report_problem,
                                 .problems = {ProblemKind::once},
                                 .severity = Severity::error,
                                 .fixes = Fixes::sometimes,
                                 .beside_base = {.here = true}};

}  // namespace corefile::rules::plugin_only_once
