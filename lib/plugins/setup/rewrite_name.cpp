// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <bitset>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "plugins/setup/rewrite.hpp"

namespace corefile::plugins::rewrite {
namespace {

// name.go, getSubExprUsage: how many of `{0}` to `{100}` stand in the text.
int groups_used(std::string_view text) {
  constexpr std::int64_t highest = 100;
  std::bitset<highest + 1> used;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::string_view label = text.substr(open + 1, text.find('}', open) - open - 1);
    // As strconv.Itoa writes it.
    if (label.empty() || label.size() > 3 || label.find_first_not_of("0123456789") != std::string_view::npos) continue;
    if (label.size() > 1 && label.front() == '0') continue;
    if (const auto group = go::atoi(label); group && *group <= highest) used.set(static_cast<std::size_t>(*group));
  }
  return static_cast<int>(used.count());
}

void replacement(Reader& reader, const Word& from, std::string_view from_text, const Word& to, std::string_view to_text) {
  if (from.unknown || to.unknown) return reader.depends();
  const auto groups = pattern(reader, from, from_text);
  if (!groups || groups_used(to_text) <= *groups) return;
  Problem& fault = reader.invalid(to, fmt::format("`{}` uses more groups than `{}` has", to_text, from_text), std::string());
  fault.help = "put what `{1}` shall stand for into parentheses";
}

// name_metadata.go, parseNameReplacement, from 1.15.0.
void metadata_replacement(Reader& reader, const Word& from, const Word& to) {
  if (from.unknown || to.unknown) return reader.depends();
  const auto groups = pattern(reader, from, from.text);
  if (!groups) return;
  const std::string text = go::fqdn(to.text);
  const auto refuse = [&](std::string says) { reader.invalid(to, fmt::format("`{}` is not a replacement", to.text), std::move(says)); };
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    if (rest.substr(0, open).find('}') != std::string_view::npos) return refuse("unmatched closing brace in metadata name replacement");
    if (open == std::string_view::npos) return;
    rest.remove_prefix(open + 1);
    const std::size_t close = rest.find('}');
    if (close == std::string_view::npos) return refuse("unclosed placeholder in metadata name replacement");
    const std::string_view label = rest.substr(0, close);
    rest.remove_prefix(close + 1);
    if (const auto group = go::atoi(label)) {
      if (*group < 0 || *group > *groups) return refuse(fmt::format("capture group {} does not exist in name matching pattern", label));
      continue;
    }
    const std::size_t slash = label.find('/');
    const bool is_label =
        slash != std::string_view::npos && slash > 0 && slash + 1 < label.size() && label.find('{') == std::string_view::npos;
    if (!is_label) return refuse(fmt::format("invalid metadata label \"{}\" in name replacement", label));
  }
}

// name.go, parseAnswerRules, from 1.8.4.
void answer_rules(Reader& reader, std::span<const Word> words) {
  if (words.front().unknown) return reader.depends();
  if (words.size() < 2) {
    reader.invalid(words.front(), fmt::format("`{}` is too little for an answer rule", words.front().text), {}).help =
        "write `answer auto`, `answer name FROM TO` or `answer value FROM TO`";
    return;
  }
  bool automatic = false;
  const Word* named = nullptr;
  bool first = true;
  for (std::size_t at = 0; at < words.size();) {
    if (words[at].unknown) return reader.depends();
    const bool answer = words[at].text == "answer";
    if (first && !answer) {
      Problem& fault = reader.invalid(words[at], fmt::format("`{}` stands where `answer` should", words[at].text), {});
      if (words[at].text == "name" || words[at].text == "type" || words[at].text == "class" || words[at].text == "ttl")
        fault.help = "one `rewrite` holds one rule: write another `rewrite` for the next";
      return;
    }
    first = false;
    if (answer) ++at;
    if (at == words.size()) {
      reader.invalid(words.back(), "`answer` names no kind", "type missing for answer rule");
      return;
    }
    const Word& kind = words[at++];
    if (kind.unknown) return reader.depends();
    if (kind.text == "auto") {
      automatic = true;
    } else if (kind.text == "name" || kind.text == "value") {
      if (words.size() - at < 2) {
        reader.invalid(kind, fmt::format("`answer {}` takes 2 arguments", kind.text), {});
        return;
      }
      replacement(reader, words[at], words[at].text, words[at + 1], words[at + 1].text);
      if (kind.text == "name") named = &kind;
      at += 2;
    } else {
      reader.invalid(kind, fmt::format("`{}` is not a kind of answer rule", kind.text), {}).help = "write `auto`, `name` or `value`";
      return;
    }
  }
  if (automatic && named != nullptr) {
    reader.fail(ProblemKind::conflict, *named, "`answer auto` and `answer name` exclude one another",
                "auto name answer rule cannot be combined with explicit name anwer rules");
  }
}

// The word from which on they are no runs of four, as far as it can be told.
void odd_answer_rules(Reader& reader, const Word& rule, const Words& words, bool several) {
  for (std::size_t at = 3; at < words.size(); at += 4) {
    const bool second = at > 3;
    const std::string kind = at + 1 < words.size() ? ascii::to_lower(words[at + 1].text) : std::string();
    if (words[at].unknown || (at + 1 < words.size() && words[at + 1].unknown)) break;
    if (words[at].text != "answer") {
      Problem& fault = reader.invalid(words[at], fmt::format("`{}` stands where an answer rule may", words[at].text), {});
      fault.help = "one `rewrite` holds one rule, with its answer rules: write another `rewrite` for the next";
      return;
    }
    if (kind == "auto") {
      reader.invalid(words[at + 1], "`answer auto` is known from CoreDNS 1.8.4 on", {}).help = "write `answer name FROM TO`";
      return;
    }
    if (at + 2 < words.size() && words[at + 2].text == "auto") {
      reader.invalid(words[at + 2], fmt::format("`answer {}` takes a FROM and a TO", kind), {}).help =
          "write `answer name FROM TO`: `answer auto` is known from CoreDNS 1.8.4 on";
      return;
    }
    if (!several && second) {
      reader.invalid(words[at], "before CoreDNS 1.8.2 a rule has one answer rule", {}).help = "leave the second one out";
      return;
    }
  }
  reader.wrong_count(rule, words.size(), "3 arguments, and answer rules of 4 words").says.clear();
}

// name.go of 1.8.3 and before: answer rules are runs of four words, behind a regex rule.
void old_answer_rules(Reader& reader, const Word& rule, const Words& words) {
  const std::size_t extra = words.size() - 3;
  const bool several = reader.since(1, 8, 2);
  if (several ? extra % 4 != 0 : extra != 4) return odd_answer_rules(reader, rule, words, several);
  if (ascii::to_lower(words[0].text) != "regex") {
    reader.invalid(words[0], "answers are rewritten behind `regex` only, before CoreDNS 1.8.4",
                   "the rewrite of response is supported only for name regex rule");
    return;
  }
  for (std::size_t at = 3; at < words.size(); at += 4) {
    if (words[at].unknown || words[at + 1].unknown) return reader.depends();
    const std::string kind = ascii::to_lower(words[at + 1].text);
    if (words[at].text != "answer" || (kind != "name" && !(several && kind == "value"))) {
      reader.invalid(words[at], "an answer rule is `answer name FROM TO`", "exceeded the number of arguments for a regex name rule");
      return;
    }
    replacement(reader, words[at + 2], words[at + 2].text, words[at + 3], words[at + 3].text);
  }
}

}  // namespace

void name_rule(Reader& reader, const Word& rule, const Words& words) {
  if (words.size() < 2) {
    reader.wrong_count(rule, words.size(), "[MATCH] FROM TO").says = "too few arguments for a name rule";
    return;
  }
  if (words.size() == 2) {
    // The answer is rewritten back, by a pattern made of the new name.
    replacement(reader, words[1], go::normalize_name(words[1].text), words[0], go::normalize_name(words[0].text));
    return;
  }
  const Word& match = words[0];
  if (match.unknown) return reader.depends();
  const std::string type = ascii::to_lower(match.text);
  const bool metadata = reader.since(1, 15, 0) && words.size() > 3 && words[3].text == "metadata";
  if (metadata && type != "regex") {
    reader.invalid(words[3], "`metadata` goes with `regex` only", "metadata is only supported for regex name rules");
    return;
  }
  if (!is_match_type(type)) {
    reader.invalid(match, fmt::format("`{}` is not a way to match names", match.text), {}).help =
        "write `exact`, `prefix`, `suffix`, `substring` or `regex`";
    return;
  }
  const std::size_t answers = metadata ? 4 : 3;
  if (words.size() > answers) {
    if (reader.since(1, 8, 4)) {
      answer_rules(reader, std::span(words).subspan(answers));
    } else {
      old_answer_rules(reader, rule, words);
    }
  }
  if (metadata) {
    metadata_replacement(reader, words[1], words[2]);
  } else if (type == "exact") {
    replacement(reader, words[2], go::normalize_name(words[2].text), words[1], go::normalize_name(words[1].text));
  } else if (type == "regex") {
    replacement(reader, words[1], words[1].text, words[2], words[2].text);
  }
}

}  // namespace corefile::plugins::rewrite
