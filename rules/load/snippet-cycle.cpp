// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::snippet_cycle {
namespace {

// Before 1.13.0 (coredns/caddy 15135a9) nothing ends the expansion.
constexpr Release counted{1, 13, 0};

/// What CoreDNS reads, and not only what was meant, goes round.
bool is_read(const Problem& problem, const Context& context) {
  const std::vector<Problem>& refused = context.literal_load->problems;
  return !context.readings->differ() ||
         std::any_of(refused.begin(), refused.end(), [&](const Problem& other) { return other.kind == problem.kind; });
}

void check(const Problem& problem, const Context& context, Report& report) {
  const Config& config = context.readings->meant;
  const bool counted_here = problem.kind == ProblemKind::too_large;
  if (counted_here && !ends_in_cycle(config)) return;
  const Place where = counted_here ? config.expansions()[config.words().back().expansion].import : problem.place;
  Diagnostic& found = report.at(where, fmt::format("`{}` leads back to itself", shown(config.text(where))));
  const bool read = is_read(problem, context);
  const std::vector<Problem>& refused = context.load->problems;
  const bool used = counted_here || !problem.certain || std::any_of(refused.begin(), refused.end(), [&](const Problem& other) {
                      return other.kind == problem.kind && other.place == problem.place;
                    });
  if (!used) {
    found.notes.push_back(fmt::format("nothing imports `{}`, so that CoreDNS {} loads the file; from 1.13.0 on it refuses it",
                                      problem.subject, to_string(context.release)));
  } else if (!read) {
    found.notes.push_back("CoreDNS meets it once the quotes or braces are mended");
  } else if (context.release >= counted) {
    found.notes.push_back(says(context, counted_here ? "maximum file import depth (10000) exceeded" : problem.says));
  } else {
    found.notes.push_back(fmt::format("CoreDNS {} goes on expanding it until its memory is used up; from 1.13.0 it refuses the file",
                                      to_string(context.release)));
  }
  found.help = "take the `import` out of what it imports";
  if (!used || !read || !problem.certain) found.severity = Severity::warning;
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .problems = {ProblemKind::snippet_cycle, ProblemKind::too_large}, .severity = Severity::error};

}  // namespace corefile::rules::snippet_cycle
