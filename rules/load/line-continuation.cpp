// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::line_continuation {
namespace {

/// Some line ends in a `\`; quickly, and never wrong about a no.
bool has_continuation(std::string_view text) {
  for (std::size_t slash = text.find('\\'); slash != std::string_view::npos; slash = text.find('\\', slash + 1)) {
    const std::size_t next = text.find_first_not_of(" \t\r", slash + 1);
    if (next != std::string_view::npos && text[next] == '\n') return true;
  }
  return false;
}

void check_document(const Config& config, std::uint32_t index, const Context& context, Report& report) {
  const Document& document = config.document(index);
  if (!has_continuation(document.source().text())) return;
  for (std::uint32_t i = 0; i + 1 < document.token_count(); ++i) {
    if (document.kind(i) != TokenKind::word) continue;
    const std::string_view text = document.source().text();
    const Span word = document.token(i).span;
    if (!ends_in_continuation(text, word)) continue;
    std::uint32_t next = i + 1;
    while (next < document.token_count() && document.kind(next) != TokenKind::newline) ++next;
    if (next + 1 >= document.token_count()) continue;
    const auto slash = static_cast<std::uint32_t>(text.rfind('\\', word.end - 1));
    const Span after = document.token(next + 1).span;
    Diagnostic& found = report.at(Place{index, {slash, slash + 1}}, "a `\\` does not continue the line");
    found.notes.push_back("CoreDNS has no line continuation: the `\\` is a word, or part of one, and the line ends here");
    const Place here{index, word};
    const Place next_line{index, after};
    report.explain(found, context.problems->on(here) != nullptr ? here : next_line);
    report.cover(here);
    report.cover(next_line);
    found.help = "write it all on one line";
    std::uint32_t begin = slash;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
    if (is_significant(document.kind(next + 1)) && document.text(next + 1) != "}") {
      found.fixes.push_back({"join the lines", Safety::safe, {{{index, {begin, after.begin}}, " "}}});
    }
  }
}

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t i = 0; i < config.documents().size(); ++i) {
    if (!config.document(i).plain()) check_document(config, i, context, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::odd_byte, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::line_continuation
