// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "lint/stanzas.hpp"

namespace corefile::rules::template_group_missing {
namespace {

/// The name behind the next `.Group.` from `at` on; empty if there is none.
std::string_view group_in(std::string_view text, std::size_t& at) {
  constexpr std::string_view mark = ".Group.";
  at = text.find(mark, at);
  if (at == std::string_view::npos) return {};
  at += mark.size();
  std::size_t end = at;
  while (end < text.size() && (ascii::is_alnum(text[end]) || text[end] == '_')) ++end;
  return text.substr(at, end - at);
}

bool has_group(const Template& own, std::string_view name) {
  const std::string written = fmt::format("<{}>", name);
  for (const Property line : own.lines) {
    if (line.name() != "match") continue;
    for (const Word& pattern : line.arguments()) {
      if (pattern.unknown || pattern.text.find(written) != std::string_view::npos) return true;
    }
  }
  return false;
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const Template& own = context.stanzas->template_of(directive);
  for (const Property line : own.lines) {
    if (line.name() != "answer" && line.name() != "additional" && line.name() != "authority") continue;
    for (const Word& word : line.arguments()) {
      std::size_t at = 0;
      for (std::string_view name = group_in(word.text, at); !name.empty(); name = group_in(word.text, at)) {
        if (word.unknown || has_group(own, name)) continue;
        Diagnostic& found = report.at(word, fmt::format("no `match` has a group `{}`", name));
        found.label = "filled in with `<no value>`";
        found.notes.push_back("the record is none then: queries get SERVFAIL");
        found.help = fmt::format("name the group in the pattern: `(?P<{}>…)`", name);
        return;
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .lines = {"answer", "additional", "authority"}};

}  // namespace corefile::rules::template_group_missing
