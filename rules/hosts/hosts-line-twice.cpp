// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <map>
#include <utility>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::hosts_line_twice {
namespace {

constexpr std::size_t most_compared = 10'000;  // pairs; a longer list is a program's

std::string same_form(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return ascii::to_lower(name);
}

/// Some name may stand twice; never wrong about a no.
bool may_repeat(Properties lines) {
  constexpr std::size_t few = 16;
  std::array<const Word*, few> names;
  std::size_t count = 0;
  for (const Property line : lines) {
    for (const Word& word : line.arguments()) {
      const auto same = [&word](const Word* other) { return same_name(other->text, word.text); };
      if (count == few || std::any_of(names.begin(), names.begin() + count, same)) return true;
      names[count++] = &word;
    }
  }
  return false;
}

void check(Directive hosts, const Context&, Report& report) {
  if (!may_repeat(hosts.properties())) return;
  const Config& config = *hosts.config;
  std::map<std::pair<std::string_view, std::string>, const Word*> seen;
  for (const Property line : hosts.properties()) {
    if (line.arguments().empty() || !go::parse_ip(line.name().substr(0, line.name().find('%')))) continue;
    for (const Word& word : line.arguments()) {
      if (word.unknown || seen.size() == most_compared) continue;
      const auto [first, fresh] = seen.try_emplace({line.name(), same_form(word.text)}, &word);
      if (fresh || config.place(*first->second) == config.place(word)) continue;
      Diagnostic& found = report.at(word, fmt::format("`{}` has the address `{}` already", word.text, line.name()));
      found.labels.push_back({config.place(*first->second), "first here"});
      found.notes.push_back("answers hold the address twice");
      found.help = "remove one of the two";
      if (line.arguments().size() > 1) continue;
      if (const auto edit = Fixer(config).remove_lines(line.words)) found.fixes.push_back({"remove the line", Safety::safe, {*edit}});
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::hosts_line_twice
