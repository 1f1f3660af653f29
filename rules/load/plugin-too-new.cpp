// SPDX-License-Identifier: Apache-2.0
#include "lint/load_rule.hpp"

namespace corefile::rules::plugin_too_new {

extern constinit const Rule rule{
    .name = "plugin-too-new",
    .summary = "A plugin that this release does not have yet",
    .check = report_load_faults<LoadFault::Kind::future_directive>,
    .grounds = Ground::fault,
    .severity = Severity::error,
    .fixes = Fixes::never,
};

}  // namespace corefile::rules::plugin_too_new
