// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tao/pegtl.hpp>

/// The tokens of a Corefile. Total: every byte matches some rule, so parsing cannot fail.
/// coredns/caddy v1.1.4, caddyfile/lexer.go.
namespace corefile::grammar {

using namespace tao::pegtl;

/// Bytes from `at` that surely belong to the class, eight at a time; may stop early, never late.
using Skip = const char* (*)(const char* at, const char* end);

constexpr std::uint64_t each(std::uint64_t byte) { return byte * 0x0101010101010101U; }

/// `hit` gives a word whose lowest set high bit marks the first byte that stops the run.
template <typename Hit>
const char* skip(const char* at, const char* end, Hit hit) {
  if constexpr (std::endian::native == std::endian::little) {
    while (end - at >= 8) {
      std::uint64_t chunk = 0;
      std::memcpy(&chunk, at, 8);
      if (const std::uint64_t stop = hit(chunk); stop != 0) return at + std::countr_zero(stop) / 8;
      at += 8;
    }
  }
  return at;
}

/// Over bytes above SPACE and below 0x80 that are no '#'.
inline const char* skip_ink(const char* at, const char* end) {
  return skip(at, end, [](std::uint64_t x) {
    const std::uint64_t hash = x ^ each('#');
    return (((x - each(0x21)) & ~x) | ((hash - each(1)) & ~hash) | x) & each(0x80);
  });
}

inline const char* skip_blanks(const char* at, const char* end) {
  return skip(at, end, [](std::uint64_t x) {
    const std::uint64_t other = x ^ each(' ');
    return (((other & each(0x7F)) + each(0x7F)) | other) & each(0x80);
  });
}

inline const char* skip_none(const char* at, const char* /*end*/) { return at; }

/// One or more bytes of a class: what plus<ranges<...>> means, by word and table instead of by comparisons.
template <auto in_class, Skip fast = skip_none>
struct run {
  using rule_t = run;
  using subs_t = empty_list;

  static constexpr std::array<bool, 256> table = [] {
    std::array<bool, 256> result{};
    for (unsigned byte = 0; byte < 256; ++byte) result[byte] = in_class(static_cast<unsigned char>(byte));
    return result;
  }();

  template <typename Input>
  static bool match(Input& in) {
    const char* const begin = in.current();
    const char* at = fast(begin, in.end());
    while (at != in.end() && table[static_cast<unsigned char>(*at)]) ++at;
    if (at == begin) return false;
    in.bump(static_cast<std::size_t>(at - begin));
    return true;
  }
};

constexpr bool is_plain_blank(unsigned char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }
constexpr bool is_plain_space(unsigned char c) { return is_plain_blank(c) || c == '\r'; }
constexpr bool is_plain_white(unsigned char c) { return is_plain_space(c) || c == '\n'; }
// Wide white space begins with one of four bytes; every other byte above 0x7F is part of a word, valid UTF-8 or not.
constexpr bool is_wide_lead(unsigned char c) { return c == 0xC2 || (c >= 0xE1 && c <= 0xE3); }
constexpr bool is_plain_ink(unsigned char c) { return !is_plain_white(c) && c != '#' && !is_wide_lead(c); }
constexpr bool is_plain_quoted(unsigned char c) { return c != '"' && c != '\\'; }

// clang-format off
struct line_end : one<'\n'> {};
struct quote : one<'"'> {};
struct hash : one<'#'> {};
struct carriage_return : one<'\r'> {};

// unicode.IsSpace but for LF, and for CR, which ends nothing.
struct wide_space : seq<at<range<'\x80', '\xFF'>>,
                        sor<string<'\xC2', '\x85'>, string<'\xC2', '\xA0'>, string<'\xE1', '\x9A', '\x80'>,
                            seq<string<'\xE2', '\x80'>, sor<range<'\x80', '\x8A'>, one<'\xA8', '\xA9', '\xAF'>>>,
                            string<'\xE2', '\x81', '\x9F'>, string<'\xE3', '\x80', '\x80'>>> {};

struct plain_space : run<is_plain_space> {};
struct plain_white : run<is_plain_white, skip_blanks> {};
struct space : seq<sor<plain_space, wide_space>, star<wide_space, opt<plain_space>>> {};
struct newline : seq<line_end, opt<plain_white>, star<wide_space, opt<plain_white>>> {};
struct comment : seq<hash, until<at<sor<line_end, eof>>>> {};

struct plain_ink : run<is_plain_ink, skip_ink> {};
struct wide_ink : seq<at<range<'\x80', '\xFF'>>, not_at<wide_space>, any> {};
struct ink : sor<plain_ink, wide_ink> {};

// A CR inside a word is dropped without ending it.
struct word : seq<plus<ink>, star<plus<carriage_return>, plus<ink>>> {};
// The usual word, known by its end: no other rule of `word` can take more.
struct plain_word : seq<plain_ink, at<sor<one<' ', '\n', '\t'>, eof>>> {};
// Behind a word's first character `#` hides only what follows up to white space; CR is none here either.
struct glued_comment : seq<star<carriage_return>, hash, star<sor<ink, hash, carriage_return>>> {};
struct hidden_tail : opt<glued_comment> {};

struct escaped : seq<one<'\\'>, any> {};
struct quoted_text : star<sor<run<is_plain_quoted>, escaped>> {};
struct quoted : seq<quote, quoted_text, quote> {};
struct unclosed_quote : seq<quote, star<any>> {};  // the error production

struct words : seq<not_at<quote>, sor<plain_word, seq<word, hidden_tail>>> {};
struct token : sor<newline, space, words, quoted, comment, unclosed_quote> {};
struct byte_order_mark : string<'\xEF', '\xBB', '\xBF'> {};
struct file : seq<opt<byte_order_mark>, star<token>> {};
// clang-format on

}  // namespace corefile::grammar
