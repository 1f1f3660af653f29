// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tao/pegtl.hpp>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/// The tokens of a Corefile. Total: every byte matches some rule, so parsing cannot fail.
/// coredns/caddy v1.1.4, caddyfile/lexer.go.
namespace corefile::grammar {

using namespace tao::pegtl;

/// Where a run ends, as far as that is seen several bytes at a time.
struct Skipped {
  const char* at;  ///< no byte before it ends the run
  bool surely;     ///< it ends here
};
using Skip = Skipped (*)(const char* at, const char* end);

constexpr std::uint64_t each(std::uint64_t byte) { return byte * 0x0101010101010101U; }

#ifdef __SSE2__
/// Sixteen bytes, or a mark for each: all bits set or none.
struct Wide {
  __m128i bytes;

  static Wide load(const char* at) { return {_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))}; }
  static Wide all(int byte) { return {_mm_set1_epi8(static_cast<char>(byte))}; }
  Wide is(char byte) const { return {_mm_cmpeq_epi8(bytes, all(byte).bytes)}; }
  Wide between(char low, char high) const {
    const __m128i above = _mm_sub_epi8(bytes, all(low).bytes);
    return {_mm_cmpeq_epi8(_mm_min_epu8(above, all(high - low).bytes), above)};
  }
  Wide operator|(Wide other) const { return {_mm_or_si128(bytes, other.bytes)}; }
  Wide but(Wide other) const { return {_mm_andnot_si128(other.bytes, bytes)}; }
  /// A bit for each byte without a mark.
  unsigned unmarked() const { return static_cast<unsigned>(_mm_movemask_epi8(bytes)) ^ 0xFFFFU; }
};
#endif

/// `inside` marks the bytes of the run, sixteen at a time. `hit` gives a word whose lowest set high bit marks the first byte that is
/// none. `exact`: nothing else ends it.
template <bool exact, typename Inside, typename Hit>
Skipped skip(const char* at, const char* end, [[maybe_unused]] Inside inside, Hit hit) {
#ifdef __SSE2__
  for (; end - at >= 16; at += 16) {
    if (const unsigned stop = inside(Wide::load(at)).unmarked(); stop != 0) return {at + std::countr_zero(stop), exact};
  }
#endif
  if constexpr (std::endian::native == std::endian::little) {
    for (; end - at >= 8; at += 8) {
      std::uint64_t chunk = 0;
      std::memcpy(&chunk, at, 8);
      if (const std::uint64_t stop = hit(chunk); stop != 0) return {at + std::countr_zero(stop) / 8, exact};
    }
  }
  return {at, false};
}

/// Over bytes above SPACE and below 0x80 that are no '#'.
inline Skipped skip_ink(const char* at, const char* end) {
  const auto inside = [](auto x) { return x.between('!', '\x7F').but(x.is('#')); };
  return skip<false>(at, end, inside, [](std::uint64_t x) {
    const std::uint64_t hash = x ^ each('#');
    return (((x - each(0x21)) & ~x) | ((hash - each(1)) & ~hash) | x) & each(0x80);
  });
}

/// Over small letters, digits, '-', '.' and '/'.
inline Skipped skip_bare(const char* at, const char* end) {
  const auto inside = [](auto x) { return x.between('a', 'z') | x.between('-', '9'); };
  return skip<true>(at, end, inside, [](std::uint64_t x) {
    const std::uint64_t low = x & each(0x7F);
    const std::uint64_t letter = (low + each(0x80 - 'a')) & ~(low + each(0x7F - 'z'));
    const std::uint64_t sign = (low + each(0x80 - '-')) & ~(low + each(0x7F - '9'));
    return (x | ~(letter | sign)) & each(0x80);
  });
}

/// Over '$' to 'z' but for '\\'.
inline Skipped skip_clean(const char* at, const char* end) {
  const auto inside = [](auto x) { return x.between('$', 'z').but(x.is('\\')); };
  return skip<false>(at, end, inside, [](std::uint64_t x) {
    const std::uint64_t backslash = x ^ each('\\');
    return (((x - each('$')) & ~x) | ((backslash - each(1)) & ~backslash) | (x + each(0x7F - 'z')) | x) & each(0x80);
  });
}

/// Over all but '"' and '\\'.
inline Skipped skip_quoted(const char* at, const char* end) {
  const auto inside = [](auto x) { return x.between('\0', '\xFF').but(x.is('"') | x.is('\\')); };
  return skip<true>(at, end, inside, [](std::uint64_t x) {
    const std::uint64_t quote = x ^ each('"');
    const std::uint64_t backslash = x ^ each('\\');
    return (((quote - each(1)) & ~quote) | ((backslash - each(1)) & ~backslash)) & each(0x80);
  });
}

inline Skipped skip_blanks(const char* at, const char* end) {
  const auto inside = [](auto x) { return x.is(' '); };
  return skip<false>(at, end, inside, [](std::uint64_t x) {
    const std::uint64_t other = x ^ each(' ');
    return (((other & each(0x7F)) + each(0x7F)) | other) & each(0x80);
  });
}

inline Skipped skip_none(const char* at, const char* /*end*/) { return {at, false}; }

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
    if (begin == in.end() || !table[static_cast<unsigned char>(*begin)]) return false;
    Skipped skipped = fast(begin, in.end());
    if (!skipped.surely) {
      while (skipped.at != in.end() && table[static_cast<unsigned char>(*skipped.at)]) ++skipped.at;
    }
    in.bump(static_cast<std::size_t>(skipped.at - begin));
    return true;
  }
};

/// What until<at<sor<line_end, eof>>> means.
struct to_line_end {
  using rule_t = to_line_end;
  using subs_t = empty_list;

  template <typename Input>
  static bool match(Input& in) {
    const std::size_t left = in.size();
    const void* const line_end = left == 0 ? nullptr : std::memchr(in.current(), '\n', left);
    in.bump(line_end == nullptr ? left : static_cast<std::size_t>(static_cast<const char*>(line_end) - in.current()));
    return true;
  }
};

constexpr bool is_plain_blank(unsigned char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }
constexpr bool is_plain_space(unsigned char c) { return is_plain_blank(c) || c == '\r'; }
constexpr bool is_plain_white(unsigned char c) { return is_plain_space(c) || c == '\n'; }
// Wide white space begins with one of four bytes; every other byte above 0x7F is part of a word, valid UTF-8 or not.
constexpr bool is_wide_lead(unsigned char c) { return c == 0xC2 || (c >= 0xE1 && c <= 0xE3); }
constexpr bool is_plain_ink(unsigned char c) { return !is_plain_white(c) && c != '#' && !is_wide_lead(c); }
constexpr bool is_bare(unsigned char c) { return ('a' <= c && c <= 'z') || ('-' <= c && c <= '9'); }
constexpr bool is_clean(unsigned char c) { return '!' <= c && c <= '~' && c != '"' && c != '#' && c != '\\' && c != '{'; }
constexpr bool is_blank_or_line_end(unsigned char c) { return is_plain_blank(c) || c == '\n'; }
constexpr bool is_white_or_high(unsigned char c) { return is_plain_white(c) || c > '~'; }
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
struct comment : seq<hash, to_line_end> {};

struct plain_ink : run<is_plain_ink, skip_ink> {};
struct wide_ink : seq<at<range<'\x80', '\xFF'>>, not_at<wide_space>, any> {};
struct ink : sor<plain_ink, wide_ink> {};

// A CR inside a word is dropped without ending it.
struct word : seq<plus<ink>, star<plus<carriage_return>, plus<ink>>> {};
// Behind a word's first character `#` hides only what follows up to white space; CR is none here either.
struct glued_comment : seq<star<carriage_return>, hash, star<sor<ink, hash, carriage_return>>> {};
struct hidden_tail : opt<glued_comment> {};

struct escaped : seq<one<'\\'>, any> {};
struct quoted_text : star<sor<run<is_plain_quoted, skip_quoted>, escaped>> {};
struct quoted : seq<quote, quoted_text, quote> {};
struct unclosed_quote : seq<quote, star<any>> {};  // the error production

struct words : seq<not_at<quote>, word, hidden_tail> {};

// What most tokens are, known by their end: the rules above would take as much.
struct word_end : at<sor<one<' ', '\n', '\t'>, eof, string<'\r', '\n'>>> {};
struct white_end : not_at<run<is_white_or_high>> {};
struct bare_word : seq<run<is_bare, skip_bare>, word_end> {};
struct clean_word : seq<run<is_clean, skip_clean>, word_end> {};
struct lone_brace : seq<one<'{', '}'>, word_end> {};
struct blanks : seq<run<is_plain_blank>, white_end> {};
struct line_break : seq<line_end, opt<run<is_plain_blank, skip_blanks>>, white_end> {};

struct blank_lines : seq<line_end, run<is_blank_or_line_end>, white_end> {};

// Mostly a word has one of these behind it.
struct usual_white : sor<blanks, line_break> {};
struct usual : sor<seq<sor<bare_word, lone_brace, clean_word>, opt<usual_white>>, usual_white, blank_lines> {};
struct token : sor<usual, newline, space, words, quoted, comment, unclosed_quote> {};
struct byte_order_mark : string<'\xEF', '\xBB', '\xBF'> {};
struct file : seq<opt<byte_order_mark>, star<token>> {};
// clang-format on

}  // namespace corefile::grammar
