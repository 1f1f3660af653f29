// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::import_pattern {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  for (const Refusal& refusal : config.refusals) {
    if (refusal.kind != RefusalKind::import_pattern) continue;
    Diagnostic& found = report.at(refusal.place, fmt::format("`{}` is no pattern that `import` takes", shown(config.text(refusal.place))));
    found.notes.push_back(says(context, refusal.message));
    found.help = "use one `*` or one `?`, as in `conf.d/*.conf`; the path of the folder counts too";
    if (!refusal.certain) found.severity = Severity::warning;
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "import-pattern",
    .summary = "An `import` pattern with more than one wildcard",
    .check = check,
    .grounds = Ground::refusal,
    .severity = Severity::error,
};

}  // namespace corefile::rules::import_pattern
