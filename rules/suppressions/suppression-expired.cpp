// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/suppression.hpp"

namespace corefile::rules::suppression_expired {
namespace {

void check(const Suppression& says, const Context&, ManifestReport& report) {
  if (!says.wrong.empty() || !says.known || !says.expired) return;
  Diagnostic& found = report.at(says.place, "`" + says.name + "` was to be ignored until " + says.until + ", which has come");
  found.label = "not ignored any more";
  found.help = "mend what it is about, or name another end";
  found.fixes = says.fixes;
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::suppression_expired
