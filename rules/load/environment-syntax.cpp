// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::environment_syntax {
namespace {

/// `text` is the token at `token`, or what it quotes, `skipped` bytes behind its begin.
void check_token(std::string_view text, Place token, std::uint32_t skipped, Report& report) {
  for (ForeignVariable variable = foreign_variable(text); !variable.span.empty(); variable = foreign_variable(text, variable.span.end)) {
    const std::uint32_t begin = token.span.begin + skipped;
    const Place at{token.document, {begin + variable.span.begin, begin + variable.span.end}};
    const std::string_view written = text.substr(variable.span.begin, variable.span.size());
    Diagnostic& found = report.at(at, fmt::format("`{}` is not a variable of CoreDNS", shown(written)));
    found.notes.emplace_back(variable.note);
    report.explain(found, token);
    found.help = fmt::format("write `{{${}}}`, or replace it before CoreDNS reads the file", variable.name);
    if (!variable.fixable) continue;
    found.fixes.push_back({fmt::format("write `{{${}}}`", variable.name), Safety::unsafe, {{at, fmt::format("{{${}}}", variable.name)}}});
  }
}

void check(const Config& config, const Context&, Report& report) {
  for (std::uint32_t index = 0; index < config.documents().size(); ++index) {
    const Document& document = config.document(index);
    if (document.source().text().find('$') == std::string_view::npos) continue;
    for (std::uint32_t i = 0; i < document.token_count(); ++i) {
      const std::string_view text = document.text(i);
      const Place token{index, document.token(i).span};
      if (document.kind(i) == TokenKind::word) check_token(text, token, 0, report);
      if (document.kind(i) == TokenKind::quoted) check_token(text.substr(1, text.size() - 2), token, 1, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::sign, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::environment_syntax
