// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::stray_brace {
namespace {

/// `. { errors }`: the whole block on one line.
bool opened_on_line(std::string_view before) {
  const std::size_t brace = before.rfind(" {");
  return brace != std::string_view::npos && brace + 2 < before.size() && (before[brace + 2] == ' ' || before[brace + 2] == '\t');
}

// A longer line is not a person's, and may hold as many braces as bytes.
constexpr std::uint32_t longest_line = 4096;

void expand(Diagnostic& found, const Source& source, Place at) {
  found.help = "put `}` on a line of its own, or remove it if nothing is open here";
  const std::uint32_t window = at.span.begin - std::min(at.span.begin, longest_line);
  const std::size_t before_line = source.text({window, at.span.begin}).rfind('\n');
  if (before_line == std::string_view::npos && window != 0) return;
  const Span line{before_line == std::string_view::npos ? 0 : window + static_cast<std::uint32_t>(before_line) + 1, at.span.end};
  const std::string_view text = source.text(line);
  const std::string indent(text.substr(0, std::min(text.find_first_not_of(" \t"), text.size())));
  const auto gap_before = [&](std::uint32_t end) {
    std::uint32_t begin = end;
    while (begin > line.begin && (source.text()[begin - 1] == ' ' || source.text()[begin - 1] == '\t')) --begin;
    return Span{begin, end};
  };
  const std::string_view before = source.text({line.begin, at.span.begin});
  if (!opened_on_line(before)) {
    const std::string_view rest = source.text().substr(at.span.end);
    const std::size_t next = rest.find_first_not_of(" \t\r\n");
    if (next != std::string_view::npos && rest[next] == '}') {
      found.fixes.push_back({"remove this `}`", Safety::unsafe, {{{at.document, {gap_before(at.span.begin).begin, at.span.end}}, ""}}});
    } else {
      const std::string outer = indent.substr(0, indent.size() - std::min<std::size_t>(indent.size(), 4));
      found.fixes.push_back({"put `}` on a line of its own", Safety::safe, {{{at.document, gap_before(at.span.begin)}, '\n' + outer}}});
    }
    return;
  }
  found.help = "write one directive a line, and `}` alone on the last";
  const auto brace = line.begin + static_cast<std::uint32_t>(before.rfind(" {")) + 2;
  std::uint32_t word = brace;
  while (source.text()[word] == ' ' || source.text()[word] == '\t') ++word;
  if (word >= at.span.begin) return;
  found.fixes.push_back(
      {"write the block on several lines",
       Safety::safe,
       {{{at.document, {brace, word}}, '\n' + indent + "    "}, {{at.document, gap_before(at.span.begin)}, '\n' + indent}}});
}

void check(const Problem& problem, const Context& context, Report& report) {
  Diagnostic& found = report.at(problem.place, "this `}` closes nothing");
  found.notes.push_back(
      "a `}` closes a server block only as the first word of its line; here it is read as a word of the directive before it");
  report.explain(found, problem);
  expand(found, context.readings->meant.document(problem.place.document).source(), problem.place);
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .problems = {ProblemKind::stray_brace}, .severity = Severity::error, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::stray_brace
