// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "reading.hpp"

namespace corefile::rules::glued_brace {
namespace {

/// Its faults by where their place in the file itself ends.
std::map<std::uint32_t, const Problem*> by_end(const LoadVerdict& verdict) {
  std::map<std::uint32_t, const Problem*> out;
  for (const Problem& fault : verdict.problems) {
    if (fault.place.document == 0) out.emplace(fault.place.span.end, &fault);
  }
  return out;
}

void check(const Config& config, const Context& context, Report& report) {
  const std::vector<Place>& braces = context.readings->glued_braces;
  if (braces.empty()) return;
  const LoadVerdict& verdict = *context.literal_load;
  const auto faults = by_end(verdict);
  // What CoreDNS surely refuses the file for because of the brace that ends there: nothing else is wrong with the file, or it names the
  // word itself.
  const auto refusal = [&](std::uint32_t end) -> const Problem* {
    if (verdict.loads()) return nullptr;
    if (context.load->loads()) return &verdict.problems.front();
    const auto fault = faults.find(end);
    return fault == faults.end() ? nullptr : fault->second;
  };
  for (const Place& brace : braces) {
    const std::string_view text = config.document(brace.document).source().text();
    std::uint32_t begin = brace.span.begin;
    while (begin > 0 && std::string_view(" \t\r\n").find(text[begin - 1]) == std::string_view::npos) --begin;
    const Span word{begin, brace.span.end};
    Diagnostic& found = report.at(brace, fmt::format("the `{{` is stuck to `{}`", shown(text.substr(begin, brace.span.begin - begin))));
    found.label = "needs a space before it";
    found.notes.push_back(fmt::format("`{}` is one word for CoreDNS, and opens no block", shown(text.substr(word.begin, word.size()))));
    found.severity = Severity::warning;
    if (const Problem* problem = refusal(brace.span.end)) report.explain(found, *problem);
    found.help = "put a space before the `{`";
    found.fixes.push_back({"insert a space before `{`", Safety::safe, {{{brace.document, {brace.span.begin, brace.span.begin}}, " "}}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::sign, .severity = Severity::error, .fixes = Fixes::always};

}  // namespace corefile::rules::glued_brace
