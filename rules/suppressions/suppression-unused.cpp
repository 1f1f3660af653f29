// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/suppression.hpp"

namespace corefile::rules::suppression_unused {
namespace {

void check(const Suppression& says, const Context&, ManifestReport& report) {
  if (!says.wrong.empty() || !says.known || !says.heard || says.expired || says.used) return;
  Diagnostic& found = report.at(says.place, "`" + says.name + "` finds nothing here to ignore");
  found.label = "nothing to ignore";
  found.fixes = says.fixes;
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::suppression_unused
