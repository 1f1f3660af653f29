// SPDX-License-Identifier: Apache-2.0
#include "lint/load_rule.hpp"

namespace corefile::rules::invalid_value {

extern constinit const Rule rule{
    .name = "invalid-value",
    .summary = "A value that the plugin does not accept",
    .check = report_load_faults<LoadFault::Kind::invalid_value>,
    .grounds = Ground::fault,
    .severity = Severity::error,
    .fixes = Fixes::sometimes,
};

}  // namespace corefile::rules::invalid_value
