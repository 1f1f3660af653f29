// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <corefile/syntax.hpp>
#include <corefile/visible.hpp>

namespace corefile {
namespace {

std::string_view name(TokenKind kind) {
  switch (kind) {
    case TokenKind::word:
      return "word";
    case TokenKind::quoted:
      return "quoted";
    case TokenKind::unclosed_quote:
      return "unclosed-quote";
    case TokenKind::space:
      return "space";
    case TokenKind::newline:
      return "newline";
    case TokenKind::comment:
      return "comment";
    case TokenKind::glued_comment:
      return "glued-comment";
    case TokenKind::byte_order_mark:
      return "byte-order-mark";
  }
  return "?";
}

std::string_view name(NodeKind kind) {
  switch (kind) {
    case NodeKind::file:
      return "file";
    case NodeKind::server_block:
      return "server-block";
    case NodeKind::snippet:
      return "snippet";
    case NodeKind::import:
      return "import";
    case NodeKind::directive:
      return "directive";
    case NodeKind::block:
      return "block";
  }
  return "?";
}

// The node's own words, up to its first child.
std::string head(const Document& document, const Node& node) {
  if (node.kind == NodeKind::file || node.kind == NodeKind::block) return {};
  const std::uint32_t end = node.first_child == no_node ? node.last : document.nodes()[node.first_child].first;
  std::string out;
  bool named = node.kind != NodeKind::import;
  for (std::uint32_t i = node.first; i < end; ++i) {
    if (!is_significant(document.kind(i))) continue;
    if (named) out += ' ' + visible(document.text(i));
    named = true;
  }
  return out;
}

}  // namespace

std::string print_tokens(const Document& document) {
  std::string out;
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    const Token token = document.token(i);
    out += fmt::format("{:<15} {:>6}-{:<6} `{}`\n", name(token.kind), token.span.begin, token.span.end, visible(document.text(i)));
  }
  return out;
}

std::string print_tree(const Document& document) {
  std::string out;
  std::uint32_t depth = 0;
  for (NodeId id = 0; id != no_node;) {
    const Node& node = document.nodes()[id];
    out += fmt::format("{:{}}{}{}\n", "", depth * 2, name(node.kind), head(document, node));
    if (node.first_child != no_node) {
      id = node.first_child;
      ++depth;
      continue;
    }
    while (id != no_node && document.nodes()[id].next_sibling == no_node) {
      id = document.nodes()[id].parent;
      if (depth > 0) --depth;
    }
    if (id != no_node) id = document.nodes()[id].next_sibling;
  }
  return out;
}

}  // namespace corefile
