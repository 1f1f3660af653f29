// SPDX-License-Identifier: Apache-2.0
#include "syntax/lex.hpp"

#include <tao/pegtl.hpp>

#include "syntax/grammar.hpp"

namespace corefile::syntax {
namespace {

template <typename Rule>
struct Action : tao::pegtl::nothing<Rule> {};

template <TokenKind kind>
struct Emit {
  template <typename Input>
  static void apply(const Input& in, Lexed& lexed) {
    const auto begin = static_cast<std::uint32_t>(in.begin() - lexed.begin);
    lexed.tokens.push_back(static_cast<std::uint32_t>(kind) << 28 | begin);
  }
};

template <>
struct Action<grammar::word> : Emit<TokenKind::word> {};
template <>
struct Action<grammar::plain_word> : Emit<TokenKind::word> {};
template <>
struct Action<grammar::glued_comment> : Emit<TokenKind::glued_comment> {};
template <>
struct Action<grammar::quoted> : Emit<TokenKind::quoted> {};
template <>
struct Action<grammar::unclosed_quote> : Emit<TokenKind::unclosed_quote> {};
template <>
struct Action<grammar::space> : Emit<TokenKind::space> {};
template <>
struct Action<grammar::newline> : Emit<TokenKind::newline> {};
template <>
struct Action<grammar::comment> : Emit<TokenKind::comment> {};
template <>
struct Action<grammar::byte_order_mark> : Emit<TokenKind::byte_order_mark> {};

}  // namespace

[[gnu::flatten]] void lex(std::string_view text, std::vector<std::uint32_t>& tokens) {
  using Input = tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy, tao::pegtl::eol::lf, const char*>;
  Input input(text.data(), text.data() + text.size(), "");
  Lexed lexed{text.data(), tokens};
  tao::pegtl::parse<grammar::file, Action>(input, lexed);
}

}  // namespace corefile::syntax
