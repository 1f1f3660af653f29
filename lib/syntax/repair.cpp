// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "syntax/build.hpp"

namespace corefile::syntax {
namespace {

struct Open {
  std::uint32_t token;
  std::uint32_t indent;       // of the line that opens it
  std::uint32_t content = 0;  // indent of its first line; 0 until there is one
};

std::uint32_t indent_of(const Document& document, Span token) {
  const std::string_view text = document.source().text();
  std::uint32_t begin = token.begin;
  while (begin > 0 && text[begin - 1] != '\n') --begin;
  return token.begin - begin;
}

bool is(const Document& document, std::uint32_t token, std::string_view brace) {
  return document.kind(token) == TokenKind::word && document.text(token) == brace;
}

}  // namespace

std::optional<Fault> find_unclosed(const Document& document, std::span<const std::uint32_t> closed) {
  std::vector<Open> open;
  bool fresh = true;
  std::uint32_t line_indent = 0;
  const auto fault = [&](const Open& opener, std::uint32_t before) {
    return Fault{FaultKind::unclosed_brace, document.token(opener.token).span, document.token(before).span, before,
                 Fault::Repair::close_before};
  };
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    const TokenKind kind = document.kind(i);
    if (!is_significant(kind)) {
      fresh = fresh || kind == TokenKind::newline;
      continue;
    }
    const bool closes = is(document, i, "}");
    for (auto given = std::count(closed.begin(), closed.end(), i); given > 0 && !open.empty(); --given) open.pop_back();
    if (fresh) {
      line_indent = indent_of(document, document.token(i).span);
      if (!open.empty()) {
        Open& top = open.back();
        if (top.content == 0 && !closes) top.content = line_indent;
        const bool indented = top.content > top.indent;
        if (indented && (closes ? line_indent < top.indent && open.size() > 1 : line_indent <= top.indent)) return fault(top, i);
      }
    }
    fresh = false;
    if (closes) {
      if (!open.empty()) open.pop_back();
    } else if (is(document, i, "{")) {
      open.push_back({i, line_indent});
    }
  }
  if (open.empty()) return {};
  // Nothing in the layout tells: the outermost one is surely open.
  return Fault{FaultKind::unclosed_brace, document.token(open.front().token).span, {}, document.token_count(), Fault::Repair::none};
}

}  // namespace corefile::syntax
