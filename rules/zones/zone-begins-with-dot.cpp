// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "go/net.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::zone_begins_with_dot {
namespace {

bool begins_with_dot(const Word& word) {
  return word.text.size() > 1 && word.text[0] == '.' && word.text[1] != ':' && (word.text[1] != '.' || word.text.size() == 2) &&
         word.unknown == 0 && word.text.find('/') == std::string_view::npos;
}

void tell(Directive directive, const Word& word, std::string_view of, Report& report) {
  Diagnostic& found = report.at(word, fmt::format("`{}` of `{}` begins with a dot, and is not a zone", word.text, of));
  found.label = "dropped";
  found.notes.push_back(directive.is(Plugin::log)
                            ? "no name is below it: nothing is logged"
                            : "CoreDNS drops a zone that it cannot read without a word: the line holds for none of its names");
  found.help = fmt::format("a zone holds the names below it: write `{}`", word.text.substr(1));
  if (word.quoted == 0)
    found.fixes.push_back({"remove the dot", Safety::safe, {Fixer(*directive.config).replace(word, std::string(word.text.substr(1)))}});
}

/// Names of `hosts` lines.
void check_names(Directive hosts, Report& report) {
  for (const Property line : hosts.properties()) {
    if (line.name() == "fallthrough") return;
    if (!go::parse_ip(line.name())) continue;
    for (const Word& word : line.arguments()) {
      if (!begins_with_dot(word)) continue;
      Diagnostic& found = report.at(word, fmt::format("`{}` begins with a dot, and is nobody's name", word.text));
      found.label = "never asked for";
      found.notes.push_back("a line of `hosts` is for the names on it alone, not for those below them");
      found.help = fmt::format("write `{}`; for all names below it, use `template` or a zone file", word.text.substr(1));
      return;
    }
  }
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  if (directive.is(Plugin::hosts)) check_names(directive, report);
  const std::span<const Word> zones = directive.is(Plugin::log) ? directive.arguments() : directive.own_zones();
  for (const Word& word : zones) {
    if (begins_with_dot(word) && (!directive.is(Plugin::log) || word.text.find('{') == std::string_view::npos))
      return tell(directive, word, directive.name(), report);
  }
  if (const auto line = directive.properties().find("fallthrough")) {
    for (const Word& word : line->arguments()) {
      if (begins_with_dot(word)) return tell(directive, word, "fallthrough", report);
    }
  }
  if (!directive.is(Plugin::cache) && !directive.is(Plugin::forward)) return;
  const std::string_view name = directive.is(Plugin::cache) ? "disable" : "except";
  if (const auto line = directive.properties().find(name)) {
    for (const Word& word : line->arguments()) {
      if (begins_with_dot(word)) return tell(directive, word, name, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::leading_dot, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::zone_begins_with_dot
