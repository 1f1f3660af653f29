// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <corefile/syntax.hpp>
#include <cstdint>
#include <string_view>
#include <vector>

namespace corefile::syntax {

/// Writes tokens, each behind the one before.
class TokenWriter {
 public:
  TokenWriter(std::string_view text, std::vector<detail::PackedToken>& tokens);
  void put(TokenKind kind, const char* begin, bool usual = false) {
    if (at_ == end_) [[unlikely]]
      grow();
    *at_++ = {kind, static_cast<std::uint32_t>(begin - text_.data()), usual};
  }
  /// The token begins a block, whatever its kind.
  void deeper() { deepest = std::max(deepest, ++depth_); }
  /// A word that is a brace.
  void put_brace(const char* brace) {
    if (*brace == '{') {
      deeper();
    } else if (at_ == tokens_.data() || at_[-1].kind() != TokenKind::newline) {  // it may close nothing
      closing_braces_lead = false;
    } else if (depth_ > 0) {
      --depth_;
    }
    put(TokenKind::word, brace);
  }
  /// A word that may have signs.
  void put_signs(const char* begin, const char* end) {
    few_signs = few_signs && std::all_of(begin, end, is_of_few);
    put(TokenKind::word, begin);
  }
  /// Behind the last one: how long the text is.
  void finish();
  /// The last token, if a quote begins there that never ends.
  const char* unclosed() const;

  bool lone_braces = true;          ///< surely no `{` but those that are words
  bool plain = true;                ///< surely none but usual tokens, of which nothing needs decoding
  bool few_signs = true;            ///< of these words: surely no sign but `-`, `_`, `.`, `/`, `:` and lone braces, and no capitals
  bool closing_braces_lead = true;  ///< surely each `}` that is a word begins its line
  std::uint32_t deepest = 0;        ///< surely no more blocks are open at once

 private:
  static bool is_of_few(char c) { return ('a' <= c && c <= 'z') || ('-' <= c && c <= ':') || c == '_'; }
  void grow();

  std::string_view text_;
  std::vector<detail::PackedToken>& tokens_;
  detail::PackedToken *at_, *end_;  // in `tokens_`
  std::uint32_t depth_ = 0;
};

/// Writes a token for each one of `text`, the rest of the writer's; they tile it.
void lex(std::string_view text, TokenWriter& tokens);

}  // namespace corefile::syntax
