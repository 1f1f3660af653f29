// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/suppression.hpp"

namespace corefile::rules::suppression_without_reason {
namespace {

void check(const Suppression& says, const Context&, ManifestReport& report) {
  if (!says.wrong.empty() || !says.known || !says.first || !says.reason.empty() || says.expired) return;
  Diagnostic& found = report.at(says.comment, "nothing says why `" + says.name + "` is ignored");
  found.label = "without a reason";
  found.help = "write the reason behind it";
  found.fixes = says.drops;
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::suppression_without_reason
