// SPDX-License-Identifier: Apache-2.0
#include "lint/load_rule.hpp"

namespace corefile::rules::plugin_conflict {

extern constinit const Rule rule{
    .name = "plugin-conflict",
    .summary = "Settings that exclude or need one another",
    .check = report_load_faults<LoadFault::Kind::conflict>,
    .grounds = Ground::fault,
    .severity = Severity::error,
};

}  // namespace corefile::rules::plugin_conflict
