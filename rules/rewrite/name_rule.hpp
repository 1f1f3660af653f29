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
namespace corefile::rules {

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

inline std::optional<NameRule::Match> name_match(std::string_view text) {
  constexpr std::array<std::string_view, 5> names{"exact", "prefix", "suffix", "substring", "regex"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (ascii::same_letters(text, names[i])) return static_cast<NameRule::Match>(i);
  }
  return {};
}

inline void read_answers(const RewriteWords& words, std::size_t at, NameRule& rule) {
  while (at < words.size()) {
    if (words[at].text == "answer") ++at;
    if (at >= words.size()) return;
    const Word& type = words[at++];
    if (type.text == "auto") {
      rule.names_back = true;
      continue;
    }
    if (type.text == "name" && at + 1 < words.size()) {
      if (words[at].text == "auto") {
        rule.odd_name = &type;
      } else {
        rule.names_back = true;
      }
    }
    at += 2;
  }
}

/// None for other rules, and for words that are not known.
inline std::optional<NameRule> read_name_rule(Directive rewrite) {
  const RewriteWords words(rewrite);
  if (!words.known() || !words.is_kind("name") || words.size() < 2) return {};
  NameRule rule{.stops = words.stops()};
  if (words.size() == 2) {
    rule.from = &words[0];
    rule.to = &words[1];
  } else {
    const auto match = name_match(words[0].text);
    if (!match) return {};
    rule.match = *match;
    rule.from = &words[1];
    rule.to = &words[2];
    rule.metadata = words.size() > 3 && words[3].text == "metadata";
    read_answers(words, rule.metadata ? 4 : 3, rule);
  }
  rule.names_back = rule.names_back || rule.match == NameRule::Match::exact;
  return rule;
}

/// Calls `look(word)` for each pattern that names have to fit: a `match` of `template` that has no other beside it, a `rewrite name regex`.
template <typename Look>
void each_name_pattern(Directive directive, Look look) {
  if (directive.is(Plugin::template_)) {
    for (const Property line : directive.properties()) {
      if (line.name() == "match" && line.arguments().size() == 1) look(line.arguments().front());
    }
    return;
  }
  const auto rule = read_name_rule(directive);
  if (rule && rule->match == NameRule::Match::regex) look(*rule->from);
}

inline std::string_view to_string(NameRule::Match match) {
  constexpr std::array<std::string_view, 5> names{"exact", "prefix", "suffix", "substring", "regex"};
  return names[static_cast<std::size_t>(match)];
}

/// The end of the name that the rule makes, as far as it is written out: whole labels, without the last dot; empty if nothing is known.
inline std::string_view made_end(const NameRule& rule) {
  std::string_view to = rule.to->text;
  if (to.ends_with('.')) to.remove_suffix(1);
  switch (rule.match) {
    case NameRule::Match::exact:
      return to;
    case NameRule::Match::suffix:
      // The label in front goes on where no dot stands.
      if (to.starts_with('.')) return to.substr(1);
      return to.find('.') == std::string_view::npos ? std::string_view() : to.substr(to.find('.') + 1);
    case NameRule::Match::regex: {
      const std::size_t brace = to.rfind('}');
      if (brace == std::string_view::npos) return to;
      to.remove_prefix(brace + 1);
      const std::size_t dot = to.find('.');
      return dot == std::string_view::npos ? std::string_view() : to.substr(dot + 1);
    }
    default:
      return {};
  }
}

}  // namespace corefile::rules
