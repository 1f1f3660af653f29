// SPDX-License-Identifier: Apache-2.0
#include <corefile/load.hpp>

#include "reading.hpp"

namespace corefile::rules {
namespace {

/// CoreDNS's words, if it surely refuses the file for the brace that ends at `end`; empty if it may load.
std::string refusal(const Config& config, const Context& context, std::uint32_t end) {
  if (context.load->as_read_loads) return {};
  const ExternalPlugins external = context.plugins != nullptr ? *context.plugins : ExternalPlugins();
  const LoadVerdict verdict = load(config.as_read(), context.release, external, context.files);
  if (verdict.faults.empty()) return {};
  // Nothing else is wrong with the file, or the word itself is what CoreDNS names.
  if (context.load->loads()) return verdict.faults.front().says;
  for (const LoadFault& fault : verdict.faults) {
    if (fault.place.document == 0 && fault.place.span.end == end) return fault.says;
  }
  return {};
}

void check(const Config& config, const Context& context, Report& report) {
  for (const Place& brace : config.glued_braces) {
    const std::string_view text = config.document(brace.document).source().text();
    std::uint32_t begin = brace.span.begin;
    while (begin > 0 && std::string_view(" \t\r\n").find(text[begin - 1]) == std::string_view::npos) --begin;
    const Span word{begin, brace.span.end};
    Diagnostic& found = report.at(brace, fmt::format("the `{{` is stuck to `{}`", shown(text.substr(begin, brace.span.begin - begin))));
    found.label = "needs a space before it";
    found.notes.push_back(fmt::format("`{}` is one word for CoreDNS, and opens no block", shown(text.substr(word.begin, word.size()))));
    const std::string said = refusal(config, context, brace.span.end);
    if (said.empty()) {
      found.severity = Severity::warning;
    } else {
      found.notes.push_back(says(context, said));
    }
    found.help = "put a space before the `{`";
    found.fixes.push_back({"insert a space before `{`", Safety::safe, {{{brace.document, {brace.span.begin, brace.span.begin}}, " "}}});
  }
}

}  // namespace

extern constinit const Rule glued_brace{
    .name = "glued-brace",
    .summary = "A `{` without a space before it opens no block",
    .check = check,
    .severity = Severity::error,
    .fixes = Fixes::always,
};

}  // namespace corefile::rules
