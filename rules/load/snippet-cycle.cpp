// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::snippet_cycle {
namespace {

// Before 1.13.0 (coredns/caddy 15135a9) nothing ends the expansion.
constexpr Release counted{1, 13, 0};

void check(const Config& config, const Context& context, Report& report) {
  for (const Refusal& refusal : config.refusals) {
    const bool counted_here = refusal.kind == RefusalKind::too_large && ends_in_cycle(config);
    if (!counted_here && refusal.kind != RefusalKind::snippet_cycle) continue;
    Place where = refusal.place;
    if (counted_here) where = config.expansions[config.words.back().expansion].import;
    Diagnostic& found = report.at(where, fmt::format("`{}` leads back to itself", shown(config.text(where))));
    if (context.release >= counted) {
      found.notes.push_back(says(context, counted_here ? "maximum file import depth (10000) exceeded" : refusal.message));
    } else {
      found.notes.push_back(fmt::format("CoreDNS {} goes on expanding it until its memory is used up; from 1.13.0 it refuses the file",
                                        to_string(context.release)));
    }
    found.help = "take the `import` out of what it imports";
    if (!refusal.certain) found.severity = Severity::warning;
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "snippet-cycle",
    .summary = "A snippet or file that imports itself",
    .check = check,
    .grounds = Ground::refusal,
    .severity = Severity::error,
};

}  // namespace corefile::rules::snippet_cycle
