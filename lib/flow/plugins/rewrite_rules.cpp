// SPDX-License-Identifier: Apache-2.0
// plugin/rewrite: how rules are read. rewrite.go, name.go, ttl.go, rcode.go, cname_target.go, type.go, class.go, edns0.go
#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "flow/plugins/rewrite.hpp"
#include "go/net.hpp"
#include "go/number.hpp"

namespace corefile::flow_detail::rewriting {
namespace {

using Words = std::vector<std::string>;

Pattern::Kind kind_of(std::string_view word) {
  constexpr std::array<std::string_view, 5> kinds{"exact", "prefix", "suffix", "substring", "regex"};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (ascii::same_letters(word, kinds[i])) return static_cast<Pattern::Kind>(i);
  }
  return Pattern::Kind::none;
}

Pattern pattern_of(Pattern::Kind kind, std::string_view text, go::Patterns& patterns, bool normalized = true) {
  Pattern pattern;
  pattern.kind = kind;
  if (kind == Pattern::Kind::regex) {
    pattern.text = text;
    pattern.regex = patterns.of(text);
  } else {
    pattern.text = normalized ? go::normalize_name(text) : ascii::to_lower(text);
  }
  return pattern;
}

// name.go, parseAnswerRules.
void read_answers(const Words& words, std::size_t at, go::Patterns& patterns, Rule& rule) {
  std::string last;
  while (at < words.size()) {
    if (words[at] == "answer") ++at;
    if (at >= words.size()) return;
    last = words[at++];
    if (last == "auto") {
      rule.automatic = true;
    } else if ((last == "name" || last == "value") && at + 1 < words.size()) {
      Change change;
      change.kind = last == "name" ? Change::Kind::name : Change::Kind::value;
      change.how = Change::How::regex;
      change.pattern = patterns.of(words[at]);
      change.to = go::normalize_name(words[at + 1]);
      rule.changes.push_back(std::move(change));
      at += 2;
    } else {
      return;
    }
  }
}

void undo_suffix(Rule& rule) {
  if (!rule.automatic) return;
  rule.automatic = false;
  Change undo;
  undo.how = Change::How::suffix;
  undo.from = rule.to;
  undo.to = rule.pattern.text;
  rule.changes.insert(rule.changes.begin(), 2, undo);
  rule.changes[1].kind = Change::Kind::value;
}

void read_name(const Words& words, go::Patterns& patterns, Rule& rule) {
  rule.kind = Rule::Kind::name;
  if (words.size() < 2) return;
  const bool bare = words.size() == 2;
  const Pattern::Kind kind = bare ? Pattern::Kind::exact : kind_of(words[0]);
  rule.pattern = pattern_of(kind, words[bare ? 0 : 1], patterns);
  rule.to = go::normalize_name(words[bare ? 1 : 2]);
  std::size_t answers = 3;
  if (words.size() > 3 && words[3] == "metadata") ++answers;
  read_answers(words, answers, patterns, rule);
  if (kind == Pattern::Kind::exact) rule.automatic = true;
  if (kind == Pattern::Kind::suffix) undo_suffix(rule);
}

// ttl.go, isValidTTL.
void read_ttl(const Words& words, go::Patterns& patterns, Rule& rule) {
  rule.kind = Rule::Kind::ttl;
  if (words.size() < 2) return;
  const bool bare = words.size() == 2;
  rule.pattern = pattern_of(bare ? Pattern::Kind::exact : kind_of(words[0]), words[bare ? 0 : 1], patterns);
  const std::string_view range = words[bare ? 1 : 2];
  const std::size_t dash = range.find('-');
  Change change;
  change.kind = Change::Kind::ttl;
  const std::string_view least = range.substr(0, dash);
  const std::string_view most = dash == std::string_view::npos ? least : range.substr(dash + 1);
  change.least = static_cast<std::uint32_t>(go::parse_uint(least, 32).value_or(0));
  change.most = static_cast<std::uint32_t>(go::parse_uint(most, 32).value_or(2147483647));
  rule.changes.push_back(std::move(change));
}

std::string rcode_of(std::string_view word) {
  constexpr std::array<std::string_view, 24> names{
      "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH",  "NOTZONE",  "", "",
      "",        "",        "",         "BADSIG",   "BADKEY", "BADTIME", "BADMODE",  "BADNAME", "BADALG",  "BADTRUNC", "BADCOOKIE"};
  if (const auto number = go::parse_uint(word, 32); number && *number < names.size()) return std::string(names[*number]);
  std::string name = ascii::to_upper(word);
  return name == "NOTIMPL" ? "NOTIMP" : name;
}

void read_rcode(const Words& words, go::Patterns& patterns, Rule& rule) {
  rule.kind = Rule::Kind::rcode;
  if (words.size() < 3) return;
  const bool bare = words.size() == 3;
  rule.pattern = pattern_of(bare ? Pattern::Kind::exact : kind_of(words[0]), words[bare ? 0 : 1], patterns);
  Change change;
  change.kind = Change::Kind::rcode;
  change.from = rcode_of(words[bare ? 1 : 2]);
  change.to = rcode_of(words[bare ? 2 : 3]);
  rule.changes.push_back(std::move(change));
}

void read_cname(const Words& words, Release release, go::Patterns& patterns, Rule& rule) {
  rule.kind = Rule::Kind::cname;
  if (words.size() < 2) return;
  const bool bare = words.size() == 2;
  const Pattern::Kind kind = bare ? Pattern::Kind::exact : kind_of(words[0]);
  const bool whole = kind == Pattern::Kind::exact && release >= Release{1, 14, 7};
  const std::string from = ascii::to_lower(words[bare ? 0 : 1]);
  rule.pattern = pattern_of(kind, from, patterns, whole);
  rule.to = ascii::to_lower(words[bare ? 1 : 2]);
  if (whole) rule.to = go::normalize_name(rule.to);
}

void read_edns0(const Words& words, Rule& rule) {
  rule.kind = Rule::Kind::edns0;
  if (words.size() < 2) return;
  rule.option = ascii::to_lower(words[0]);
  if (rule.option == "local" && words.size() > 2) rule.option += ' ' + words[2];
  rule.to = ascii::to_lower(words[1]);
}

void read_pair(const Words& words, Rule& rule, Rule::Kind kind) {
  rule.kind = kind;
  if (words.size() < 2) return;
  rule.from = ascii::to_upper(words[0]);
  rule.to = ascii::to_upper(words[1]);
}

/// setup.go: words of the line, or else of the block.
Words words_of(const Stanza& directive) {
  Words words;
  for (const Word& word : directive.arguments) words.emplace_back(word.text);
  if (words.size() >= 2) return words;
  for (const Line& property : directive.properties) {
    for (const Word& word : property.words) words.emplace_back(word.text);
  }
  return words;
}

}  // namespace

Rule rule_of(const Setup& setup, const Stanza& directive) {
  Rule rule;
  rule.directive = directive.index;
  rule.place = directive.place;
  Words words = words_of(directive);
  const auto is = [&words](std::string_view name) { return !words.empty() && ascii::same_letters(words.front(), name); };
  if (is("continue") || is("stop")) {
    rule.stop = is("stop");
    words.erase(words.begin());
  }
  if (words.empty()) return rule;
  const std::string kind = ascii::to_lower(words.front());
  words.erase(words.begin());
  if (kind == "name") read_name(words, setup.patterns, rule);
  if (kind == "ttl") read_ttl(words, setup.patterns, rule);
  if (kind == "rcode") read_rcode(words, setup.patterns, rule);
  if (kind == "cname") read_cname(words, setup.release, setup.patterns, rule);
  if (kind == "edns0") read_edns0(words, rule);
  if (kind == "type") read_pair(words, rule, Rule::Kind::type);
  if (kind == "class") read_pair(words, rule, Rule::Kind::klass);
  return rule;
}

}  // namespace corefile::flow_detail::rewriting
