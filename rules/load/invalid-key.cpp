// SPDX-License-Identifier: Apache-2.0
#include "lint/load_rule.hpp"

namespace corefile::rules::invalid_key {

extern constinit const Rule rule{
    .name = "invalid-key",
    .summary = "A server block key that CoreDNS does not accept",
    .check = report_load_faults<LoadFault::Kind::invalid_key>,
    .grounds = Ground::fault,
    .severity = Severity::error,
    .fixes = Fixes::never,
};

}  // namespace corefile::rules::invalid_key
