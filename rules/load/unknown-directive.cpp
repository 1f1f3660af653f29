// SPDX-License-Identifier: Apache-2.0
#include "lint/load_rule.hpp"

namespace corefile::rules {

extern constinit const Rule unknown_directive{
    .name = "unknown-directive",
    .summary = "A word where a plugin stands that no release of CoreDNS knows",
    .check = report_load_faults<LoadFault::Kind::unknown_directive>,
    .severity = Severity::error,
    .fixes = Fixes::sometimes,
};

}  // namespace corefile::rules
