// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::unclosed_quote {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t index = 0; index < config.documents().size(); ++index) {
    const Document& document = config.document(index);
    for (const Fault& fault : document.faults()) {
      if (fault.kind != FaultKind::unclosed_quote) continue;
      const Source& source = document.source();
      Diagnostic& found = report.at(Place{index, {fault.span.begin, fault.span.begin + 1}}, "this `\"` is never closed");
      found.label = "opened here";
      found.notes.push_back("all that follows, to the end of the file, is one word for CoreDNS");
      found.severity = Severity::warning;
      report.cover(Place{index, {fault.span.begin, fault.span.begin}});
      if (!context.literal_load->loads()) report.explain(found, context.literal_load->problems.front());
      found.help = "add the closing `\"`";
      if (index != 0) continue;
      const Span line = source.line(fault.span.begin);
      std::string_view rest = source.text({fault.span.begin, line.end});
      rest = rest.substr(0, rest.find_last_not_of(" \t\r") + 1);
      const bool block = rest.ends_with(" {");
      if (block) rest = rest.substr(0, rest.find_last_not_of(" \t", rest.size() - 3) + 1);
      if (rest.size() < 2) continue;
      const auto end = fault.span.begin + static_cast<std::uint32_t>(rest.size());
      found.fixes.push_back({"close the quote at the end of the line", Safety::unsafe, {{{0, {end, end}}, "\""}}});
    }
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .needs = Precondition::fault, .severity = Severity::error, .fixes = Fixes::sometimes, .unbalanced = true};

}  // namespace corefile::rules::unclosed_quote
