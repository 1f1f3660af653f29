// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <corefile/rule.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/ascii.hpp"
#include "lint/zones.hpp"

/// What `rewrite` makes of its words: plugin/rewrite/setup.go, rewrite.go (newRule) and name.go.
namespace corefile {

/// `answer auto` is known from this release on.
inline constexpr Release answer_auto{1, 8, 4};

/// The words of one `rewrite` behind its name, those of its block among them. None has more than `most`; the rest is left out.
class RewriteWords {
 public:
  static constexpr std::size_t most = 32;
  explicit RewriteWords(Directive rewrite) {
    const std::span<const Word> all = rewrite.words().subspan(1);
    const bool block = rewrite.has_block();
    for (std::size_t i = 0; i < all.size() && size_ < most; ++i) {
      const bool brace = block && (i == rewrite.arguments().size() || (i + 1 == all.size() && all[i].text == "}"));
      if (brace) continue;
      known_ = known_ && all[i].unknown == 0;
      words_[size_++] = &all[i];
    }
    if (size_ != 0 && (is(0, "stop") || is(0, "continue"))) kind_ = 1;
  }
  bool known() const { return known_; }
  /// The first rule that fits is the last.
  bool stops() const { return kind_ == 0 || is(0, "stop"); }
  bool is_kind(std::string_view kind) const { return kind_ < size_ && is(kind_, kind); }
  /// Behind the kind.
  std::size_t size() const { return size_ - std::min(size_, kind_ + 1); }
  const Word& operator[](std::size_t index) const { return *words_[kind_ + 1 + index]; }

 private:
  bool is(std::size_t index, std::string_view word) const { return ascii::same_letters(words_[index]->text, word); }
  std::array<const Word*, most> words_{};
  std::size_t size_ = 0, kind_ = 0;
  bool known_ = true;
};

/// `rewrite name`.
struct NameRule {
  enum class Match : std::uint8_t { exact, prefix, suffix, substring, regex };
  Match match = Match::exact;
  const Word* from = nullptr;
  const Word* to = nullptr;
  bool stops = true;
  bool metadata = false;           ///< TO may hold `{LABEL}`
  bool names_back = false;         ///< answers get the client's name: `answer auto`, `answer name`, or an exact match
  const Word* odd_name = nullptr;  ///< the `name` of an `answer name auto`, whose pattern is `auto`
};

/// `exact`, `prefix` and so on, in any case.
std::optional<NameRule::Match> name_match(std::string_view text) noexcept;
/// None for other rules, and for words that are not known.
std::optional<NameRule> read_name_rule(Directive rewrite);

std::string_view to_string(NameRule::Match match) noexcept;

/// The end of the name that the rule makes, as far as it is written out: whole labels, without the last dot; empty if nothing is known.
std::string_view made_end(const NameRule& rule) noexcept;

}  // namespace corefile
