// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/suppression.hpp"

namespace corefile::rules::suppression_unknown {
namespace {

void check(const Suppression& says, const Context&, ManifestReport& report) {
  if (!says.wrong.empty()) {
    Diagnostic& found = report.at(says.place, says.wrong);
    found.label = "ignores nothing";
    found.help = "write `# corefile-lint: ignore[RULE] REASON`";
    found.fixes = says.drops;
    return;
  }
  if (says.known) return;
  Diagnostic& found = report.at(says.place, "`" + says.name + "` is neither a rule nor a group of rules");
  found.label = "ignores nothing";
  found.help = says.meant.empty() ? "`corefile-lint rules` lists them" : "did you mean `" + says.meant + "`?";
  found.fixes = says.fixes;
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::suppression_unknown
