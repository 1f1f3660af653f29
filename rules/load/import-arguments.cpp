// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::import_arguments {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  for (const Refusal& refusal : config.refusals) {
    const bool empty = refusal.kind == RefusalKind::import_empty;
    if (!empty && refusal.kind != RefusalKind::import_argument_count) continue;
    const bool several = refusal.message.starts_with("Import takes");
    Diagnostic& found =
        report.at(refusal.place, empty     ? "`import` is given an empty name"
                                 : several ? fmt::format("`{}` is one name too many for `import`", shown(config.text(refusal.place)))
                                           : "`import` has no name");
    found.notes.push_back(says(context, refusal.message));
    found.help =
        several ? "write one `import` for each name, on a line of its own" : "name a snippet, a file or a pattern such as `conf.d/*.conf`";
    if (!refusal.certain) found.severity = Severity::warning;
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "import-arguments",
    .summary = "`import` without exactly one name",
    .check = check,
    .grounds = Ground::refusal,
    .severity = Severity::error,
};

}  // namespace corefile::rules::import_arguments
