// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>
#include <map>
#include <vector>

#include "../load/reading.hpp"
#include "go/net.hpp"
#include "lint/edit.hpp"
#include "lint/zones.hpp"

namespace corefile::rules {
namespace {

constexpr std::size_t most_compared = 256;

struct Named {
  const Word* word;
  bool target = false;  // what `rewrite name` asks for instead
};

bool is_plain_name(const Word& word) {
  return !word.unknown && word.text.find('.') != std::string_view::npos &&
         word.text.find_first_of("{}()*+?|\\^$[]/:@") == std::string_view::npos;
}

void add_hosts(Directive hosts, std::vector<Named>& names) {
  for (const Property line : hosts.properties()) {
    if (!go::parse_ip(line.name().substr(0, line.name().find('%')))) continue;
    for (const Word& word : line.arguments()) {
      if (is_plain_name(word)) names.push_back({&word});
    }
  }
}

// `rewrite [continue|stop] name [exact] FROM TO`
void add_rewrite(Directive rewrite, std::vector<Named>& names) {
  std::span<const Word> words = rewrite.arguments();
  if (!words.empty() && (words.front().text == "continue" || words.front().text == "stop")) words = words.subspan(1);
  if (words.empty() || words.front().text != "name") return;
  words = words.subspan(1);
  if (!words.empty() && words.front().text == "exact") words = words.subspan(1);
  if (words.size() != 2 || !is_plain_name(words[0]) || !is_plain_name(words[1])) return;
  names.push_back({&words[0]});
  names.push_back({&words[1], true});
}

// Numbers tell machines apart.
bool one_letter_apart(std::string_view a, std::string_view b) {
  const auto digits = [](std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (a.size() < 6 || b.size() < 6 || digits(a) != digits(b) || !nearly(a, b)) return false;
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return x == a.end() || y == b.end() || *x < '0' || *x > '9';
}

std::string_view parent(std::string_view name) { return name.substr(name.find('.') + 1); }

void report_near(const Config& config, const Word& word, std::string_view text, std::string_view other, const Word& where, std::string note,
                 Report& report) {
  Diagnostic& found = report.at(word, fmt::format("`{}` is one letter from `{}`", text, other));
  found.labels.push_back({config.place(where), "here"});
  found.notes.push_back(std::move(note));
  found.help = fmt::format("write `{}` if the same is meant", other);
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  std::vector<Named> names;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Directive directive : config.block(i).directives()) {
      if (directive.is("hosts")) add_hosts(directive, names);
      if (directive.is("rewrite")) add_rewrite(directive, names);
    }
  }
  if (names.size() < 2 || names.size() > most_compared) return;
  const auto listed = [&](std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const Named& one) { return !one.target && same_name(one.word->text, name); });
  };
  std::map<std::string_view, std::size_t> parents;
  for (const Named& one : names) ++parents[parent(one.word->text)];
  for (const Named& one : names) {
    const std::string_view own = parent(one.word->text);
    const auto near = std::find_if(names.begin(), names.end(), [&](const Named& other) {
      const std::string_view theirs = parent(other.word->text);
      if (parents[own] == 1 && parents[theirs] > 1 && one_letter_apart(own, theirs)) return true;
      return one.target && !other.target && !listed(one.word->text) && one_letter_apart(one.word->text, other.word->text);
    });
    if (near == names.end()) continue;
    const bool domain = parents[own] == 1 && one_letter_apart(own, parent(near->word->text));
    report_near(config, *one.word, domain ? own : one.word->text, domain ? parent(near->word->text) : near->word->text, *near->word,
                domain ? "the other names of the file end so" : "`hosts` lists no name as it is written here", report);
  }
}

}  // namespace

extern constinit const Rule name_nearly_another{
    .name = "name-nearly-another",
    .summary = "A name that differs by one letter from others of the file",
    .check = check,
    .directives = {"hosts", "rewrite"},
    .severity = Severity::info,
};

}  // namespace corefile::rules
