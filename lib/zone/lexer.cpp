// SPDX-License-Identifier: Apache-2.0
#include "zone/lexer.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/byte_set.hpp"
#include "zone/types.hpp"

namespace corefile::zone {
namespace {

// maxTok: since 1.1.54 a buffer that grows by 512 bytes, before a token's greatest length.
constexpr std::size_t step = 512;
constexpr std::size_t old_room = 2048;
bool grows(int library) noexcept { return library >= 54; }

}  // namespace

Token Lexer::make(TokenKind kind, std::string text, std::size_t begin, std::size_t end) const {
  Token token;
  token.text = std::move(text);
  token.kind = kind;
  token.line = line_;
  token.column = column_;
  token.first_line = line_;
  token.at = fixed_ ? *fixed_ : Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  token.set = true;
  return token;
}

Token Lexer::word(TokenKind kind, const Reading& reading) const {
  const bool ended = at_ > reading.begin && at_ <= text_.size();
  Token token = make(kind, reading.text, reading.begin, ended ? at_ - 1 : at_);
  token.first_line = reading.first_line;
  return token;
}

Token Lexer::fail(std::string message) {
  failed_ = true;
  Token token = here(last_kind_, std::move(message));
  token.error = true;
  return token;
}

Token Lexer::next() {
  Token token;
  if (peeked_) {
    token = std::move(*peeked_);
    peeked_.reset();
  } else if (waiting_) {
    token = std::move(*waiting_);
    waiting_.reset();
  } else if (!failed_) {
    token = scan();
    if (token.set) last_kind_ = waiting_ ? waiting_->kind : token.kind;
  }
  if (token.kind != TokenKind::newline && token.kind != TokenKind::blank && token.set && token.at.end > token.at.begin)
    last_end_ = token.at.end;
  return token;
}

const Token& Lexer::peek() {
  static const Token nothing{};
  if (peeked_) return *peeked_;
  if (waiting_) return *waiting_;
  const std::uint32_t end = last_end_;
  Token token = next();
  last_end_ = end;
  if (!token.set) return nothing;
  // Behind a word with another one behind it both wait.
  return (waiting_ ? peeked_ : waiting_).emplace(std::move(token));
}

Token Lexer::scan() {
  Reading reading;
  reading.comment_room = grows(library_) ? step : old_room;
  reading.comment = std::min(kept_comment_, reading.comment_room);
  kept_comment_ = 0;
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (end_of_line_) {
      ++line_;
      column_ = 0;
      end_of_line_ = false;
    }
    if (c == '\n') {
      end_of_line_ = true;
    } else {
      ++column_;
    }
    if (Done done = room(reading)) return std::move(*done);
    if (Done done = scan_byte(c, reading)) return std::move(*done);
  }
  if (broken_) return {};
  return at_end(reading);
}

Lexer::Done Lexer::room(Reading& reading) {
  if (grows(library_)) {
    if (reading.comment >= reading.comment_room) reading.comment_room += step;
    return {};
  }
  if (reading.text.size() >= old_room) return fail("token length insufficient for parsing");
  if (reading.comment >= old_room) return fail("comment length insufficient for parsing");
  return {};
}

Lexer::Done Lexer::scan_byte(char c, Reading& reading) {
  switch (c) {
    case ' ':
    case '\t':
      return on_blank(c, reading);
    case ';':
      return on_semicolon(reading);
    case '\r':
      reading.escaped = false;
      if (quote_) put(c, reading);
      return {};
    case '\n':
      return on_newline(reading);
    case '\\':
      on_backslash(reading);
      return {};
    case '"':
      return on_quote(reading);
    case '(':
    case ')':
      return on_brace(c, reading);
    default:
      on_other(c, reading);
      return {};
  }
}

void Lexer::put(char c, Reading& reading) {
  if (reading.text.empty()) {
    reading.begin = at_ - 1;
    reading.first_line = line_;
  }
  reading.text += c;
}

void Lexer::on_other(char c, Reading& reading) {
  reading.escaped = false;
  if (comment_) {
    ++reading.comment;
  } else {
    put(c, reading);
    space_ = false;
  }
  take_others(reading);
}

/// Further bytes of the kind, at once: as many as room() lets pass one after the other.
void Lexer::take_others(Reading& reading) {
  static constexpr ByteSet telling(" \t;\r\n\\\"()");
  const std::size_t before = comment_ ? reading.comment : reading.text.size();
  const std::size_t room = comment_ ? reading.comment_room : grows(library_) ? text_.size() : old_room;
  const std::size_t last = std::min(text_.size(), at_ + (room - std::min(room, before)));
  std::size_t end = at_;
  while (end < last && !telling.has(text_[end])) ++end;
  const std::size_t count = end - at_;
  if (comment_) {
    reading.comment += count;
  } else {
    reading.text.append(text_, at_, count);
  }
  column_ += static_cast<std::uint32_t>(count);
  at_ = end;
}

void Lexer::on_backslash(Reading& reading) {
  if (comment_) {
    ++reading.comment;
    return;
  }
  put('\\', reading);
  reading.escaped = !reading.escaped;
}

Token Lexer::first_word(const Reading& reading) const {
  const std::string upper = reading.text.front() == '$' ? ascii::to_upper(reading.text) : std::string();
  TokenKind kind = TokenKind::owner;
  if (upper == "$TTL") kind = TokenKind::ttl;
  if (upper == "$ORIGIN") kind = TokenKind::origin;
  if (upper == "$INCLUDE") kind = TokenKind::include;
  if (upper == "$GENERATE") kind = TokenKind::generate;
  return word(kind, reading);
}

// A message if it looks like a type or class and is none.
Lexer::Done Lexer::later_word(const Reading& reading, Token& out) {
  out = word(TokenKind::string, reading);
  if (type_) return {};
  const std::string upper = ascii::to_upper(reading.text);
  Done wrong;
  const auto take = [&](TokenKind kind, std::optional<std::uint16_t> known, std::string_view prefix, std::string_view message) {
    if (wrong || (!known && !upper.starts_with(prefix))) return false;
    if (!known) known = number_behind(reading.text, prefix.size());
    if (!known) {
      wrong = fail(std::string(message));
      wrong->at = out.at;
      wrong->kind = TokenKind::string;
      return false;
    }
    out.kind = kind;
    out.number = *known;
    return true;
  };
  if (take(TokenKind::type, named_type(upper, library_), "TYPE", "unknown RR type")) type_ = true;
  take(TokenKind::klass, named_class(upper), "CLASS", "unknown class");
  return wrong;
}

Token Lexer::hand_out(Token token, Token behind) {
  waiting_ = std::move(behind);
  return token;
}

Lexer::Done Lexer::on_blank(char c, Reading& reading) {
  if (reading.escaped || quote_) {
    put(c, reading);
    reading.escaped = false;
    return {};
  }
  if (comment_) {
    ++reading.comment;
    return {};
  }
  const bool ready = !reading.text.empty();
  Token token;
  if (ready && owner_) {
    token = first_word(reading);
  } else if (ready) {
    if (Done wrong = later_word(reading, token)) return wrong;
  }
  owner_ = false;
  if (!space_) {
    space_ = true;
    Token blank = here(TokenKind::blank, " ");
    if (!ready) return blank;
    return hand_out(std::move(token), std::move(blank));
  }
  if (ready) return token;
  return {};
}

Lexer::Done Lexer::on_semicolon(Reading& reading) {
  if (reading.escaped || quote_) {
    put(';', reading);
    reading.escaped = false;
    return {};
  }
  comment_ = true;
  kept_comment_ = 0;
  if (reading.comment > 1) {
    // A line end within parentheses, which becomes a blank.
    ++reading.comment;
    if (reading.comment >= reading.comment_room && library_ >= 17) return fail("comment length insufficient for parsing");
  }
  ++reading.comment;
  if (reading.text.empty()) return {};
  kept_comment_ = reading.comment;
  return word(TokenKind::string, reading);
}

Lexer::Done Lexer::on_newline(Reading& reading) {
  reading.escaped = false;
  if (quote_) {
    put('\n', reading);
    return {};
  }
  if (comment_) {
    comment_ = false;
    type_ = false;
    if (brace_ == 0) {
      owner_ = true;
      return here(TokenKind::newline, "\n");
    }
    kept_comment_ = reading.comment;
    return {};
  }
  if (brace_ != 0) return {};
  Token newline = here(TokenKind::newline, "\n");
  if (reading.text.empty()) {
    kept_comment_ = 0;
    type_ = false;
    owner_ = true;
    return newline;
  }
  Token token = word(TokenKind::string, reading);
  if (!type_) {
    if (const auto known = named_type(ascii::to_upper(reading.text), library_)) {
      token.kind = TokenKind::type;
      token.number = *known;
    }
  }
  kept_comment_ = 0;
  type_ = false;
  owner_ = true;
  return hand_out(std::move(token), std::move(newline));
}

Lexer::Done Lexer::on_quote(Reading& reading) {
  if (comment_) {
    ++reading.comment;
    return {};
  }
  if (reading.escaped) {
    put('"', reading);
    reading.escaped = false;
    return {};
  }
  space_ = false;
  quote_ = !quote_;
  Token quote = here(TokenKind::quote, "\"");
  if (reading.text.empty()) return quote;
  return hand_out(word(TokenKind::string, reading), std::move(quote));
}

Lexer::Done Lexer::on_brace(char c, Reading& reading) {
  if (comment_) {
    ++reading.comment;
    return {};
  }
  if (reading.escaped || quote_) {
    put(c, reading);
    reading.escaped = false;
    return {};
  }
  if (c == '(') {
    ++brace_;
  } else if (--brace_ < 0) {
    return fail("extra closing brace");
  }
  return {};
}

Token Lexer::at_end(Reading& reading) {
  // What stood last has no byte that ends it.
  const bool ready = !reading.text.empty();
  Token token;
  if (ready) {
    token = make(TokenKind::string, reading.text, reading.begin, text_.size());
    token.first_line = reading.first_line;
    if (reading.comment == 0) return token;
  }
  if (reading.comment > 0) {
    Token newline = make(TokenKind::newline, "\n", text_.size(), text_.size());
    if (!ready) return newline;
    return hand_out(std::move(token), std::move(newline));
  }
  if (brace_ != 0) {
    failed_ = true;
    Token wrong = make(last_kind_, "unbalanced brace", text_.size(), text_.size());
    wrong.error = true;
    return wrong;
  }
  return {};
}

}  // namespace corefile::zone
