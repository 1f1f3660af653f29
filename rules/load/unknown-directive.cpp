// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "lint/load_rule.hpp"

namespace corefile::rules::unknown_directive {
namespace {

// Plugins of releases before 1.4.0, of which plugin-removed speaks.
constexpr std::array<std::string_view, 3> removed{"reverse", "shutdown", "startup"};

void check(const Config&, const Context& context, Report& report) {
  for (const LoadFault& fault : context.load->faults) {
    if (fault.kind != LoadFault::Kind::unknown_directive || context.faults->is_consequence(fault)) continue;
    if (std::find(removed.begin(), removed.end(), fault.subject) == removed.end()) report.at(fault, context.release);
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "unknown-directive",
    .summary = "A word where a plugin stands that no release of CoreDNS knows",
    .check = check,
    .grounds = Ground::fault,
    .severity = Severity::error,
    .fixes = Fixes::sometimes,
};

}  // namespace corefile::rules::unknown_directive
