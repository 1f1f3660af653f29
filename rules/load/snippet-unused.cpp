// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::snippet_unused {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  if (config.snippets().empty() || !config.accepted() || context.role == Role::custom_server || context.role == Role::custom_override)
    return;
  // A file that is not known here may be the one that uses it.
  for (const Problem& remark : config.remarks()) {
    if (remark.kind == ProblemKind::import_unresolved) return;
  }
  for (const Snippet& snippet : config.snippets()) {
    if (snippet.uses != 0 || snippet.place.document != 0) continue;
    Diagnostic& found = report.at(snippet.place, fmt::format("the snippet `{}` is never imported", shown(snippet.name)));
    found.help = fmt::format("write `import {}` where it was meant to be, or remove it", shown(snippet.name));
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::snippet_unused
