// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <map>
#include <vector>

#include "../load/reading.hpp"
#include "base/ascii.hpp"
#include "base/byte_set.hpp"
#include "go/net.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::name_nearly_another {
namespace {

constexpr std::size_t most_compared = 256;

struct Named {
  const Word* word;
  bool target = false;  // what `rewrite name` asks for instead
};

bool is_plain_name(const Word& word) {
  static constexpr ByteSet signs("{}()*+?|\\^$[]/:@");
  return !word.unknown && word.text.find('.') != std::string_view::npos && !signs.any_in(word.text);
}

bool is_address(std::string_view text) { return go::parse_ip(text.substr(0, text.find('%'))).has_value(); }

void add_hosts(Directive hosts, std::vector<Named>& names) {
  for (const Property line : hosts.properties()) {
    if (!is_address(line.name())) continue;
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

/// The only difference is a digit that looks like the letter in its place.
bool look_alike(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin());
  if (x == a.end() || !std::equal(x + 1, a.end(), y + 1)) return false;
  constexpr std::array<std::string_view, 4> pairs{"1l", "1i", "0o", "5s"};
  return std::any_of(pairs.begin(), pairs.end(),
                     [&](std::string_view pair) { return (pair[0] == *x && pair[1] == *y) || (pair[0] == *y && pair[1] == *x); });
}

// Numbers tell machines apart.
bool one_letter_apart(std::string_view a, std::string_view b) {
  if (a.size() >= 6 && look_alike(a, b)) return true;
  const auto digits = [](std::string_view text) { return std::count_if(text.begin(), text.end(), ascii::is_digit); };
  if (a.size() < 6 || b.size() < 6 || digits(a) != digits(b) || !nearly(a, b)) return false;
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return x == a.end() || y == b.end() || !ascii::is_digit(*x);
}

std::string_view parent(std::string_view name) { return name.substr(name.find('.') + 1); }

void report_near(const Config& config, const Word& word, std::string_view text, std::string_view other, const Word& where, std::string note,
                 Report& report) {
  Diagnostic& found = report.at(word, fmt::format("`{}` is one letter from `{}`", text, other));
  found.labels.push_back({config.place(where), "here"});
  found.notes.push_back(std::move(note));
  found.help = fmt::format("write `{}` if the same is meant", other);
}

/// A name of `hosts` with a space in it: both halves have dots, and together they end as other names of the file do.
void check_torn(const Config& config, const std::map<std::string_view, std::size_t>& parents, Report& report) {
  for (const Directive directive : config.directives()) {
    if (!directive.is(Plugin::hosts)) continue;
    for (const Property line : directive.properties()) {
      const std::span<const Word> names = line.arguments();
      if (names.size() != 2 || !is_address(line.name()) || !is_plain_name(names[0]) || !is_plain_name(names[1])) continue;
      const std::string whole = std::string(names[0].text) + std::string(names[1].text);
      const std::string_view end = parent(whole);
      if (!parents.contains(end) || end == parent(names[0].text) || end == parent(names[1].text)) continue;
      const Place at = config.place(names);
      Diagnostic& found = report.at(at, fmt::format("`{}` and `{}` are two names", names[0].text, names[1].text));
      found.label = "a space within a name?";
      found.notes.push_back(fmt::format("written as one they end in `{}`, as other names of the file do", end));
      found.help = fmt::format("write `{}` if one name is meant", whole);
      found.fixes.push_back({fmt::format("write `{}`", whole), Safety::unsafe, {{at, whole}}});
    }
  }
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  std::vector<Named> names;
  for (const Directive directive : config.directives()) {
    if (names.size() > most_compared) return;
    if (directive.is(Plugin::hosts)) add_hosts(directive, names);
    if (directive.is(Plugin::rewrite)) add_rewrite(directive, names);
  }
  if (names.size() < 2 || names.size() > most_compared) return;
  const auto listed = [&](std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const Named& one) { return !one.target && same_name(one.word->text, name); });
  };
  std::map<std::string_view, std::size_t> parents;
  for (const Named& one : names) ++parents[parent(one.word->text)];
  check_torn(config, parents, report);
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

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::hosts, Plugin::rewrite}, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::name_nearly_another
