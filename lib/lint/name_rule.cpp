// SPDX-License-Identifier: Apache-2.0
#include "lint/name_rule.hpp"

namespace corefile {
namespace {

constexpr std::array<std::string_view, 5> match_names{"exact", "prefix", "suffix", "substring", "regex"};

void read_answers(const RewriteWords& words, std::size_t at, NameRule& rule) {
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

}  // namespace

std::optional<NameRule::Match> name_match(std::string_view text) noexcept {
  for (std::size_t i = 0; i < match_names.size(); ++i) {
    if (ascii::same_letters(text, match_names[i])) return static_cast<NameRule::Match>(i);
  }
  return {};
}

std::optional<NameRule> read_name_rule(Directive rewrite) {
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

std::string_view to_string(NameRule::Match match) noexcept { return match_names[static_cast<std::size_t>(match)]; }

std::string_view made_end(const NameRule& rule) noexcept {
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

}  // namespace corefile
