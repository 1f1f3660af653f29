// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// miekg/dns, scan.go, zlexer: the words of a zone file, move for move, and where each stands.
namespace corefile::zone {

enum class TokenKind : std::uint8_t { end, string, blank, quote, newline, type, owner, klass, origin, ttl, include, generate };

struct Token {
  std::string text{};
  TokenKind kind = TokenKind::end;
  bool error = false;        ///< the text is the lexer's message
  std::uint16_t number = 0;  ///< of a type or class
  std::uint32_t line = 0;    ///< as miekg/dns counts: those of the byte that ended it
  std::uint32_t column = 0;
  std::uint32_t first_line = 0;  ///< of its first byte
  Span at{};
  bool set = false;  ///< false: Go's zero value
};

class Lexer {
 public:
  /// `fixed`: the place of all tokens, for text that stands nowhere.
  Lexer(std::string_view text, int library, std::optional<Span> fixed = {}) : text_(text), library_(library), fixed_(fixed) {}

  /// zlexer.Next. At the end a token of kind `end`.
  Token next();
  /// zlexer.Peek. The reference is good until the next call.
  const Token& peek();
  /// Reading failed at the end of the text, so that no more tokens come.
  void break_end() noexcept { broken_ = true; }
  bool broken() const noexcept { return broken_ && at_ >= text_.size(); }
  /// The end of the last word that was handed out.
  std::uint32_t last_end() const noexcept { return last_end_; }

 private:
  // What is read of a token so far.
  struct Reading {
    std::string text{};
    std::size_t begin = 0;
    std::size_t comment = 0;       // bytes of the comment
    std::size_t comment_room = 0;  // of Go's buffer for it
    bool escaped = false;
    std::uint32_t first_line = 0;
  };
  // What a byte does: nothing, or a token is ready.
  using Done = std::optional<Token>;

  Token scan();
  Done scan_byte(char c, Reading& reading);
  Done room(Reading& reading);
  Done on_blank(char c, Reading& reading);
  Done on_semicolon(Reading& reading);
  Done on_newline(Reading& reading);
  Done on_quote(Reading& reading);
  Done on_brace(char c, Reading& reading);
  void on_backslash(Reading& reading);
  void on_other(char c, Reading& reading);
  void take_others(Reading& reading);
  Token at_end(Reading& reading);

  void put(char c, Reading& reading);
  Token make(TokenKind kind, std::string text, std::size_t begin, std::size_t end) const;
  Token word(TokenKind kind, const Reading& reading) const;
  Token here(TokenKind kind, std::string text) const { return make(kind, std::move(text), at_ - 1, at_); }
  Token fail(std::string message);
  /// A word as an owner or directive, as a type or class, or plain.
  Token first_word(const Reading& reading) const;
  Done later_word(const Reading& reading, Token& out);
  Token hand_out(Token token, Token behind);

  std::string_view text_;
  int library_;
  std::optional<Span> fixed_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 0;
  bool end_of_line_ = false;
  std::size_t kept_comment_ = 0;
  TokenKind last_kind_ = TokenKind::end;  // what an error's token has for its kind
  std::optional<Token> waiting_{};        // zl.nextL
  std::optional<Token> peeked_{};         // zl.cachedL
  int brace_ = 0;
  bool quote_ = false;
  bool space_ = false;
  bool comment_ = false;
  bool type_ = false;
  bool owner_ = true;
  bool failed_ = false;
  bool broken_ = false;
  std::uint32_t last_end_ = 0;
};

}  // namespace corefile::zone
