// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

namespace corefile::rules::duplicate_zone {

// Gardener's base serves the root on a port of its own.
extern constinit const Rule rule{.check = report_problem,
                                 .problems = {ProblemKind::duplicate_zone},
                                 .severity = Severity::error,
                                 .fixes = Fixes::never,
                                 .beside_base = {.bases_differ = true}};

}  // namespace corefile::rules::duplicate_zone
