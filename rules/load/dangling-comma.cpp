// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::dangling_comma {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  for (const Refusal& refusal : config.refusals) {
    if (refusal.kind != RefusalKind::dangling_comma) continue;
    Diagnostic& found = report.at(refusal.place, "no key follows this comma");
    found.notes.push_back(says(context, refusal.message));
    found.help = "remove the comma, or name another zone behind it";
    if (config.text(refusal.place) == ",") found.fixes.push_back({"remove the comma", Safety::safe, {{refusal.place, ""}}});
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "dangling-comma",
    .summary = "A comma behind the last key of a server block",
    .check = check,
    .grounds = Ground::refusal,
    .severity = Severity::error,
    .fixes = Fixes::sometimes,
};

}  // namespace corefile::rules::dangling_comma
