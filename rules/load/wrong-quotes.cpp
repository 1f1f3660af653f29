// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::wrong_quotes {
namespace {

bool may_hold_one(const Document& document) {
  const std::string_view text = document.source().text();
  return text.find('\'') != std::string_view::npos || text.find('`') != std::string_view::npos ||
         (!document.plain() && text.find("\xE2\x80") != std::string_view::npos);
}

/// The token on this line that ends what `first` begins; `first` itself if none does.
std::uint32_t last_of(const Document& document, std::uint32_t first, const Quotes& pair) {
  for (std::uint32_t i = first; i < document.token_count() && document.kind(i) != TokenKind::newline; ++i) {
    const std::string_view text = document.text(i);
    if (is_significant(document.kind(i)) && text.ends_with(pair.close) && (i != first || text.size() > pair.open.size())) return i;
  }
  return first;
}

void check_document(const Document& document, std::uint32_t index, Report& report) {
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    // `view` has a language of its own, with quotes of both kinds.
    if (document.kind(i) == TokenKind::word && document.text(i) == "expr") {
      while (i < document.token_count() && document.kind(i) != TokenKind::newline) ++i;
      continue;
    }
    const Quotes* pair = document.kind(i) == TokenKind::word ? foreign_quotes(document.text(i)) : nullptr;
    if (pair == nullptr) continue;
    const std::uint32_t last = last_of(document, i, *pair);
    const Span all{document.token(i).span.begin, document.token(last).span.end};
    const std::string_view text = document.source().text(all);
    if (!text.ends_with(pair->close) || text.size() <= pair->open.size()) continue;  // an apostrophe
    Diagnostic& found = report.at(Place{index, all}, fmt::format("`{}` is not a quotation mark here", pair->open));
    found.notes.push_back(last == i ? "the marks become part of the word"
                                    : "the words in it are separate for CoreDNS, and the marks become part of them");
    if (last == i) report.explain(found, Place{index, all});
    found.help = "use `\"`";
    const std::string_view inner = text.substr(pair->open.size(), text.size() - pair->open.size() - pair->close.size());
    if (inner.find_first_of("\"\\") == std::string_view::npos) {
      found.fixes.push_back({"use `\"`", Safety::safe, {{{index, all}, fmt::format("\"{}\"", inner)}}});
    }
    i = last;
  }
}

void check(const Config& config, const Context&, Report& report) {
  for (std::uint32_t i = 0; i < config.documents().size(); ++i) {
    if (may_hold_one(config.document(i))) check_document(config.document(i), i, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::sign, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::wrong_quotes
