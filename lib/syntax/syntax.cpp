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
  document.size_ = static_cast<std::uint32_t>(text.size());
  // A usual Corefile has a token for every four to five bytes.
  document.tokens_.reserve(text.size() / 4 + 16);
  syntax::lex(text, document.tokens_);
  document.ascii_ = utf8::ascii(text);
  document.plain_ = document.ascii_ && text.find('\r') == std::string_view::npos && text.find('\\') == std::string_view::npos;
  document.source_ = std::move(source);
  syntax::build(document, document.nodes_, document.faults_);
  return document;
}

Document parse_mended(const Document& document) {
  Document mended;
  mended.source_ = document.source_;
  mended.size_ = document.size_;
  mended.plain_ = document.plain_;
  mended.ascii_ = document.ascii_;
  const std::string_view text = document.source_.text();
  std::uint32_t from = 0;
  while (true) {
    const std::size_t known = mended.tokens_.size();
    syntax::lex(text.substr(from), mended.tokens_);
    for (std::size_t i = known; i < mended.tokens_.size(); ++i) mended.tokens_[i] += from;
    if (mended.tokens_.empty() || mended.kind(mended.token_count() - 1) != TokenKind::unclosed_quote) break;
    const std::uint32_t quote = mended.begin(mended.token_count() - 1);
    const std::size_t line_end = text.find('\n', quote);
    if (line_end == std::string_view::npos) break;
    from = static_cast<std::uint32_t>(line_end);
  }
  syntax::build(mended, mended.nodes_, mended.faults_);
  mended.faults_ = document.faults_;
  return mended;
}

Span Document::span(NodeId id) const noexcept {
  const Node& node = nodes_[id];
  if (node.first >= node.last) return {size_, size_};
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
