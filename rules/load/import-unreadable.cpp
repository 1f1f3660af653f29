// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::import_unreadable {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  for (const Refusal& refusal : config.refusals) {
    if (refusal.kind != RefusalKind::import_unreadable) continue;
    Diagnostic& found = report.at(refusal.place, fmt::format("`{}` cannot be read", shown(config.text(refusal.place))));
    found.notes.push_back(says(context, refusal.message));
    found.help = "name files, not folders (`conf.d/*.conf`), and check who may read them";
    if (!refusal.certain) found.severity = Severity::warning;
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "import-unreadable",
    .summary = "An `import` of a folder or of a file that cannot be read",
    .check = check,
    .grounds = Ground::refusal,
    .severity = Severity::error,
};

}  // namespace corefile::rules::import_unreadable
