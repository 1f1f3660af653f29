// SPDX-License-Identifier: Apache-2.0
#include "syntax/lex.hpp"

#include <tao/pegtl.hpp>

#include "syntax/grammar.hpp"

namespace corefile::syntax {
namespace {

template <typename Rule>
struct Action : tao::pegtl::nothing<Rule> {};

bool is_opener(std::string_view text) { return text == "{" || text == "\"{\""; }

enum class Holds { nothing_odd, odd_bytes, braces };

template <TokenKind kind, Holds holds = Holds::nothing_odd, bool usual = false>
struct Emit {
  template <typename Input>
  static void apply(const Input& in, TokenWriter& tokens) {
    tokens.put(kind, in.begin(), usual);
    if constexpr (holds != Holds::nothing_odd) tokens.plain = false;
    if constexpr (holds == Holds::braces) {
      tokens.lone_braces = false;
      if (is_opener({in.begin(), in.end()})) tokens.deeper();
    }
  }
};

template <>
struct Action<grammar::bare_word> {
  template <typename Input>
  static void apply(const Input& in, TokenWriter& tokens) {
    tokens.put(TokenKind::word, in.begin(), in.end()[-1] != '.');
  }
};
template <>
struct Action<grammar::clean_word> {
  template <typename Input>
  static void apply(const Input& in, TokenWriter& tokens) {
    tokens.put_signs(in.begin(), in.end());
  }
};
template <>
struct Action<grammar::lone_brace> {
  template <typename Input>
  static void apply(const Input& in, TokenWriter& tokens) {
    tokens.put_brace(in.begin());
  }
};
template <>
struct Action<grammar::blanks> : Emit<TokenKind::space> {};
template <>
struct Action<grammar::line_break> : Emit<TokenKind::newline, Holds::nothing_odd, true> {};
template <>
struct Action<grammar::blank_lines> : Emit<TokenKind::newline> {};

// These may be braces as well.
template <>
struct Action<grammar::word> : Emit<TokenKind::word, Holds::braces> {};
template <>
struct Action<grammar::quoted> : Emit<TokenKind::quoted, Holds::braces> {};
template <>
struct Action<grammar::glued_comment> : Emit<TokenKind::glued_comment, Holds::odd_bytes> {};
template <>
struct Action<grammar::unclosed_quote> : Emit<TokenKind::unclosed_quote, Holds::braces> {};
template <>
struct Action<grammar::space> : Emit<TokenKind::space, Holds::odd_bytes> {};
template <>
struct Action<grammar::newline> : Emit<TokenKind::newline, Holds::odd_bytes> {};
template <>
struct Action<grammar::comment> : Emit<TokenKind::comment, Holds::odd_bytes> {};
template <>
struct Action<grammar::byte_order_mark> : Emit<TokenKind::byte_order_mark, Holds::odd_bytes> {};

}  // namespace

[[gnu::flatten]] void lex(std::string_view text, TokenWriter& tokens) {
  using Input = tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy, tao::pegtl::eol::lf, const char*>;
  Input input(text.data(), text.data() + text.size(), "");
  tao::pegtl::parse<grammar::file, Action>(input, tokens);
}

TokenWriter::TokenWriter(std::string_view text, std::vector<detail::PackedToken>& tokens) : text_(text), tokens_(tokens) {
  tokens.resize(text.size() / 4 + 16);  // a usual Corefile has a token for every four to five bytes
  at_ = tokens.data();
  end_ = at_ + tokens.size();
}

[[gnu::cold, gnu::noinline]] void TokenWriter::grow() {
  const std::size_t size = tokens_.size();
  tokens_.resize(size * 2);
  at_ = tokens_.data() + size;
  end_ = tokens_.data() + tokens_.size();
}

void TokenWriter::finish() {
  put(TokenKind::word, text_.data() + text_.size());
  tokens_.resize(static_cast<std::size_t>(at_ - tokens_.data()));
}

const char* TokenWriter::unclosed() const {
  const bool is_last = at_ != tokens_.data() && at_[-1].kind() == TokenKind::unclosed_quote;
  return is_last ? text_.data() + at_[-1].begin() : nullptr;
}

}  // namespace corefile::syntax
