// SPDX-License-Identifier: Apache-2.0
#include <corefile/syntax.hpp>

#include <algorithm>
#include <string>

#include "base/utf8.hpp"
#include "syntax/build.hpp"
#include "syntax/lex.hpp"
#include "syntax/reading.hpp"

namespace corefile {

Document parse(Source source) {
  Document document;
  const std::string_view text = source.text();
  syntax::TokenWriter tokens(text, document.tokens_);
  syntax::lex(text, tokens);
  document.lone_braces_ = tokens.lone_braces;
  document.few_signs_ = tokens.plain && tokens.few_signs;
  document.closing_braces_lead_ = tokens.lone_braces && tokens.closing_braces_lead;
  document.shallow_ = tokens.deepest <= Document::max_depth && tokens.unclosed() == nullptr;
  tokens.finish();
  document.ascii_ = tokens.plain || utf8::ascii(text);
  document.plain_ =
      tokens.plain || (document.ascii_ && text.find('\r') == std::string_view::npos && text.find('\\') == std::string_view::npos);
  document.source_ = std::move(source);
  return document;
}

Document parse_mended(const Document& document) {
  Document mended;
  mended.source_ = document.source_;
  mended.plain_ = document.plain_;
  mended.ascii_ = document.ascii_;
  const std::string_view text = document.source_.text();
  syntax::TokenWriter tokens(text, mended.tokens_);
  std::size_t from = 0;
  while (from != std::string_view::npos) {
    syntax::lex(text.substr(from), tokens);
    const char* const quote = tokens.unclosed();
    from = quote == nullptr ? std::string_view::npos : text.find('\n', static_cast<std::size_t>(quote - text.data()));
  }
  tokens.finish();
  auto tree = std::make_unique<detail::Tree>();
  syntax::build(mended, *tree);
  tree->faults = {document.faults().begin(), document.faults().end()};
  mended.tree_ = detail::LazyTree(std::move(tree));
  return mended;
}

detail::LazyTree::LazyTree(const LazyTree& other) {
  if (const Tree* const made = other.made_.load(std::memory_order_acquire); made != nullptr) made_ = new Tree(*made);
}

const detail::Tree& detail::LazyTree::of(const Document& document) const {
  static const Tree none;
  if (const Tree* const made = made_.load(std::memory_order_acquire); made != nullptr) return *made;
  if (DocumentAccess::tokens(document) == nullptr) return none;
  auto tree = std::make_unique<Tree>();
  syntax::build(document, *tree);
  const Tree* other = nullptr;
  return made_.compare_exchange_strong(other, tree.get(), std::memory_order_acq_rel) ? *tree.release() : *other;
}

Span Document::span(NodeId id) const {
  const Node& node = nodes()[id];
  if (node.first >= node.last) {
    const auto end = static_cast<std::uint32_t>(source_.text().size());
    return {end, end};
  }
  return {token(node.first).span.begin, token(node.last - 1).span.end};
}

std::string decode(TokenKind kind, std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  const bool quoted = kind != TokenKind::word;
  if (quoted) raw.remove_prefix(1);
  if (kind == TokenKind::quoted) raw.remove_suffix(1);
  const auto plain = [quoted](char c) { return static_cast<unsigned char>(c) < 0x80 && c != (quoted ? '\\' : '\r'); };
  while (!raw.empty()) {
    const char c = raw.front();
    if (plain(c)) {
      const auto run = static_cast<std::size_t>(std::find_if_not(raw.begin(), raw.end(), plain) - raw.begin());
      out.append(raw.substr(0, run));
      raw.remove_prefix(run);
      continue;
    }
    if (quoted && c == '\\') {
      raw.remove_prefix(1);
      if (raw.empty()) break;  // a backslash at the end of the input is lost (lexer.go, next)
      if (raw.front() != '"') out.push_back('\\');
    } else if (!quoted && c == '\r') {
      raw.remove_prefix(1);
      continue;
    }
    const utf8::Rune rune = utf8::decode(raw);
    if (rune.valid) {
      out.append(raw.substr(0, rune.size));
    } else {
      out.append("\xEF\xBF\xBD");  // U+FFFD
    }
    raw.remove_prefix(rune.size);
  }
  return out;
}

std::string print(const Document& document) {
  std::string out;
  out.reserve(document.source().text().size());
  for (std::uint32_t i = 0; i < document.token_count(); ++i) out.append(document.text(i));
  return out;
}

}  // namespace corefile
