// SPDX-License-Identifier: Apache-2.0
#include "recover/glued.hpp"

#include <span>
#include <string_view>

#include "syntax/reading.hpp"

namespace corefile::recover_detail {

using resolve_detail::Mend;

namespace {

constexpr std::size_t max_glued = 1'000;  // more are no slips of the hand

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Words that end in a `{` and are the last on their line, with something before the brace.
std::vector<std::uint32_t> words_with_brace(const Document& document) {
  std::vector<std::uint32_t> found;
  const std::string_view text = document.source().text();
  std::uint32_t token = 0;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    if (at == 0 || is_white(text[at - 1]) || text[at - 1] == '{' || text[at - 1] == '"') continue;
    if (at + 1 < text.size() && !is_white(text[at + 1])) continue;
    while (token + 1 < document.token_count() && document.token(token).span.end <= at) ++token;
    if (document.kind(token) != TokenKind::word || document.token(token).span.end != at + 1) continue;
    std::uint32_t after = token + 1;
    while (after < document.token_count() && (document.kind(after) == TokenKind::space || document.kind(after) == TokenKind::comment))
      ++after;
    if (after < document.token_count() && document.kind(after) == TokenKind::newline) found.push_back(token);
  }
  return found;
}

/// How many `}` there are more than `{`.
std::int64_t missing_openers(const Document& document) {
  std::int64_t missing = 0;
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    if (!is_significant(document.kind(i))) continue;
    const std::string_view text = document.text(i);
    missing += text == "}" || text == "\"}\"" ? 1 : 0;
    missing -= text == "{" || text == "\"{\"" ? 1 : 0;
  }
  return missing;
}

/// A key or a directive's name. `top` is the last node at file level that begins before the token: it moves on with it.
bool begins_block(const Document& document, std::uint32_t token, NodeId& top) {
  const bool first = token == 0 || document.kind(token - 1) == TokenKind::newline;
  const std::string_view text = document.text(token);
  constexpr std::string_view name = "abcdefghijklmnopqrstuvwxyz0123456789_";
  if (first && text.find_first_not_of(name) == text.size() - 1) return true;
  const std::span<const Node> nodes = document.nodes();
  while (nodes[top].next_sibling != no_node && nodes[nodes[top].next_sibling].first <= token) top = nodes[top].next_sibling;
  const std::uint32_t keys_end = nodes[top].first_child == no_node ? nodes[top].last : nodes[nodes[top].first_child].first;
  return nodes[top].kind == NodeKind::server_block && nodes[top].first <= token && token < keys_end;
}

}  // namespace

std::vector<resolve_detail::Mend> glued_braces(const Document& document) {
  std::vector<Mend> found;
  if (detail::DocumentAccess::lone_braces(document)) return found;
  const std::vector<std::uint32_t> words = words_with_brace(document);
  if (words.empty() || words.size() > max_glued) return found;
  std::vector<bool> sure;
  std::int64_t missing = missing_openers(document);
  NodeId top = document.nodes()[0].first_child;
  for (const std::uint32_t word : words) {
    sure.push_back(begins_block(document, word, top));
    missing -= sure.back() ? 1 : 0;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!sure[i] && missing-- <= 0) continue;
    found.push_back({words[i], Mend::Kind::split_brace});
  }
  return found;
}

}  // namespace corefile::recover_detail
