// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/load.hpp>
#include <corefile/rule.hpp>
#include <cstdint>
#include <string_view>

/// Words in the manner of another language: CoreDNS takes their signs as part of them. Whatever a plugin says of such a word, the
/// rule about the sign says it better.
namespace corefile {

/// `//`, `;`, `--`, `/*`, `<!--` at the word's begin; empty if it has none.
std::string_view foreign_comment(std::string_view word) noexcept;
/// Quickly whether it may have one; never wrong about a no.
inline bool may_be_comment(std::string_view word) noexcept {
  return !word.empty() && (word.front() == '/' || word.front() == ';' || word.front() == '<' || word.front() == '-');
}
/// The word begins a comment in a directive: the first of its line, or a sign that can be nothing else.
bool is_comment(std::span<const Word> words, std::size_t index) noexcept;

/// A `;`, `,` or `:` behind the word, or a `=` that is all of it; 0 if there is none.
char foreign_punctuation(std::string_view word) noexcept;
/// As above, for one of the directive's words() where it has no meaning.
char punctuation_of(Directive directive, const Word& word) noexcept;

/// Marks that quote elsewhere.
struct Quotes {
  std::string_view open, close;
};
const Quotes* foreign_quotes(std::string_view word) noexcept;

/// `${NAME}`, `$NAME`, `{$NAME:default}`, `{$NAME`: variables that CoreDNS does not replace.
struct ForeignVariable {
  Span span{};  ///< in the text; empty: none
  std::string_view name{};
  std::string_view note{};
  bool fixable = true;
};
/// The first one from `from` on.
ForeignVariable foreign_variable(std::string_view text, std::size_t from = 0) noexcept;

/// A character that cannot be seen or is taken for another one.
struct Deceptive {
  std::string_view name;   ///< with its article; empty for a letter of another alphabet
  std::string_view meant;  ///< what to write; empty: nothing
};
/// Null for honest characters.
const Deceptive* deceptive(char32_t rune) noexcept;
/// All that is not ASCII in the word is deceptive.
bool is_deceptive(std::string_view word) noexcept;

/// A `#` is stuck to the word, as in `127.0.0.1#5335`, and hides the rest of it.
bool is_cut_off(const Config& config, const Word& word) noexcept;

/// The word ends in a `\` at the end of its line.
bool ends_in_continuation(std::string_view text, Span word) noexcept;

}  // namespace corefile
