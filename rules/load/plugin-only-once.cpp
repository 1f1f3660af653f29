// SPDX-License-Identifier: Apache-2.0
#include "lint/load_rule.hpp"

namespace corefile::rules::plugin_only_once {

extern constinit const Rule rule{
    .name = "plugin-only-once",
    .summary = "A plugin or property that may stand only once, a second time",
    .check = report_load_faults<LoadFault::Kind::once>,
    .grounds = Ground::fault,
    .severity = Severity::error,
    .fixes = Fixes::never,
};

}  // namespace corefile::rules::plugin_only_once
