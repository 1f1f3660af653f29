// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::expansion_too_large {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  for (const Refusal& refusal : config.refusals) {
    if (refusal.kind == RefusalKind::import_limit) {
      Diagnostic& found = report.at(refusal.place, "too many imports");
      found.severity = Severity::error;
      found.notes.push_back(says(context, refusal.message));
      found.help = "import fewer files, or each of them once";
    } else if (refusal.kind == RefusalKind::too_large && !ends_in_cycle(config)) {
      Diagnostic& found = report.at(refusal.place, "the imports bring more text than this tool reads");
      found.label = "read up to here";
      found.notes.push_back("what follows is not checked");
      found.help = "look for snippets that import one another several times: each level multiplies the text";
    }
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "expansion-too-large",
    .summary = "Imports that bring more text than can be read",
    .check = check,
    .grounds = Ground::refusal,
};

}  // namespace corefile::rules::expansion_too_large
