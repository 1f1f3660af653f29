// SPDX-License-Identifier: Apache-2.0
#include "plugins/setup/rewrite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "go/number.hpp"
#include "go/regexp.hpp"
#include "plugins/dns_types.hpp"

namespace corefile::plugins {

namespace rewrite {

bool is_match_type(std::string_view text) {
  const std::string type = ascii::to_lower(text);
  return type == "exact" || type == "prefix" || type == "suffix" || type == "substring" || type == "regex";
}

std::optional<int> pattern(Reader& reader, const Word& word, std::string_view text, std::string_view rule) {
  constexpr std::size_t longest = 10000;
  if (reader.since(1, 14, 0) && text.size() > longest) {
    reader.invalid(word, "the regular expression is longer than 10000 bytes",
                   fmt::format("regex pattern too long: {} > {}", text.size(), longest));
    return {};
  }
  const go::Regexp& compiled = reader.state().patterns->compile(text);
  if (compiled.error.empty()) return compiled.groups;
  reader
      .invalid(word, fmt::format("`{}` {}", text, go::regexp_fault(compiled)),
               rule.empty() ? fmt::format("invalid regex matching pattern: {}", text)
                            : fmt::format("invalid regex pattern in a {} rule: {}", rule, text))
      .help = go::regexp_help(compiled);
  return {};
}

namespace {

bool is_ttl(std::string_view text, Release release) {
  constexpr std::int64_t most = 2147483647;
  if (release < Release{1, 9, 4}) {
    const auto ttl = go::atoi(text);
    return ttl && *ttl >= 0 && *ttl <= most;
  }
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return go::parse_uint(text, 32).has_value();
  const std::string_view low = text.substr(0, dash);
  const std::string_view high = text.substr(dash + 1);
  if (low.empty() && high.empty()) return false;
  const auto min = low.empty() ? std::optional<std::uint64_t>(0) : go::parse_uint(low, 32);
  const auto max = high.empty() ? std::optional<std::uint64_t>(most) : go::parse_uint(high, 32);
  return min && max && *min <= *max;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool known(std::span<const std::string_view> names, std::string_view word) {
  return std::find(names.begin(), names.end(), word) != names.end();
}

enum class Pattern : std::uint8_t { unchecked, as_written, lower_case };

void match_type(Reader& reader, const Word& rule, const Word& type, const Word& from, Pattern compiled) {
  if (type.unknown) return reader.depends();
  if (!is_match_type(type.text)) {
    reader.invalid(type, fmt::format("`{}` of `{}` is not a way to match names", type.text, rule.text), {}).help =
        "write `exact`, `prefix`, `suffix`, `substring` or `regex`";
  } else if (ascii::to_lower(type.text) == "regex" && compiled != Pattern::unchecked && !from.unknown) {
    pattern(reader, from, compiled == Pattern::lower_case ? ascii::to_lower(from.text) : std::string(from.text),
            rule.text == "rcode" ? rule.text : std::string_view());
  }
}

void ttl_rule(Reader& reader, const Word& rule, const Words& words) {
  if (words.size() < 2 || words.size() > 3) {
    reader.wrong_count(rule, words.size(), "[MATCH] NAME TTL").says.clear();
    return;
  }
  if (!words.back().unknown && !is_ttl(words.back().text, reader.release())) {
    reader
        .invalid(words.back(), fmt::format("`{}` is not a TTL", words.back().text),
                 fmt::format("invalid TTL '{}' for a ttl rule", words.back().text))
        .help = reader.since(1, 9, 4) ? "write seconds, or a range such as `30-300`, `30-` or `-300`" : "write seconds";
  }
  if (words.size() == 3) match_type(reader, rule, words[0], words[1], Pattern::as_written);
}

void rcode_rule(Reader& reader, const Word& rule, const Words& words) {
  if (words.size() < 3 || words.size() > 4) {
    reader.wrong_count(rule, words.size(), "[MATCH] NAME FROM TO").says.clear();
    return;
  }
  for (std::size_t i = words.size() - 2; i < words.size(); ++i) {
    const auto number = go::parse_uint(words[i].text, 32);
    if (words[i].unknown || (number && *number <= 23) || known(dns_rcodes(reader.release()), ascii::to_upper(words[i].text))) continue;
    reader.invalid(words[i], fmt::format("`{}` is not a response code", words[i].text), {});
  }
  if (words.size() == 4) match_type(reader, rule, words[0], words[1], Pattern::as_written);
}

void cname_rule(Reader& reader, const Word& rule, const Words& words) {
  if (words.size() < 2 || words.size() > 3) {
    reader.wrong_count(rule, words.size(), "[MATCH] FROM TO").says.clear();
  } else if (words.size() == 3) {
    // cname_target.go of 1.13.1 and before compiles it with each answer, and panics then.
    match_type(reader, rule, words[0], words[1], reader.since(1, 13, 2) ? Pattern::lower_case : Pattern::unchecked);
  }
}

void pair_rule(Reader& reader, const Word& rule, const Words& words, std::span<const std::string_view> names, std::string_view what) {
  if (words.size() != 2) {
    reader.wrong_count(rule, words.size(), "2 arguments").says.clear();
    return;
  }
  for (const Word& word : words) {
    if (word.unknown || known(names, ascii::to_upper(word.text))) continue;
    reader.invalid(word, fmt::format("`{}` is not a {}", word.text, what),
                   is_ascii(word.text) ? fmt::format("invalid {} \"{}\"", what, ascii::to_upper(word.text)) : std::string());
  }
}

// plugin/rewrite/rewrite.go, newRule.
void rule(Reader& reader, const Word& name, const Words& words) {
  if (words.empty()) {
    reader.wrong_count(name, 0, "a kind of rule and its arguments").says = "no rule type specified for rewrite";
    return;
  }
  std::size_t at = 0;
  const std::string first = ascii::to_lower(words[0].text);
  if (first == "continue" || first == "stop") at = 1;
  if (at == words.size()) {
    // Before 1.9.4 it panics.
    reader.wrong_count(words[0], 0, "a kind of rule and its arguments").says =
        reader.since(1, 9, 4) ? fmt::format("{} rule must begin with a rule type", first) : std::string();
    return;
  }
  const Word& kind = words[at];
  if (kind.unknown) return reader.depends();
  const std::string type = ascii::to_lower(kind.text);
  const Words rest(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end());
  if (type == "name") return name_rule(reader, kind, rest);
  if (type == "class") return pair_rule(reader, kind, rest, dns_classes(), "class");
  if (type == "type") return pair_rule(reader, kind, rest, dns_types(reader.release()), "type");
  if (type == "edns0") return edns0_rule(reader, kind, rest);
  if (type == "ttl") return ttl_rule(reader, kind, rest);
  if (type == "cname" && reader.since(1, 11, 0)) return cname_rule(reader, kind, rest);
  if (type == "rcode" && reader.since(1, 11, 3)) return rcode_rule(reader, kind, rest);
  Problem& fault = reader.invalid(
      kind, fmt::format("`rewrite` knows no rule `{}`", kind.text),
      type == "answer" ? "response rewrites must begin with a name rule" : fmt::format("invalid rule type \"{}\"", words[0].text));
  fault.help = "the rules are `name`, `type`, `class`, `edns0`, `ttl`, `cname` (from CoreDNS 1.11.0) and `rcode` (from 1.11.3)";
}

}  // namespace

}  // namespace rewrite

namespace setup {

// One rule for each mention: its line, or, with fewer than two words there, all words of its block in one run.
void rewrite(Reader& reader) {
  while (reader.next()) {
    const Word name = reader.word();
    if (name.text == "{" && name.quoted == 0) {
      Problem& fault = reader.wrong_count(name, 0, "a kind of rule and its arguments");
      fault.message = "this block stands behind a whole rule, and is read as a rule of its own";
      fault.says = "no rule type specified for rewrite";
      fault.help = "write all of the rule in the block, behind `rewrite stop {`, or all of it on one line";
      while (reader.word().text != "}" && reader.next()) {
      }
      continue;
    }
    const auto args = reader.remaining_args();
    rewrite::Words words(args.begin(), args.end());
    if (words.size() < 2) {
      while (reader.next_block()) words.push_back(reader.word());
    }
    rewrite::rule(reader, name, words);
  }
}

}  // namespace setup

}  // namespace corefile::plugins
