// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>
#include <corefile/rule.hpp>

#include "go/regexp.hpp"

namespace corefile::rules::auto_template_group {
namespace {

/// N of a `{N}` that is all of the text.
std::optional<int> lone_number(std::string_view text) {
  if (text.size() < 3 || text.front() != '{' || text.back() != '}') return {};
  int number = 0;
  const char* end = text.data() + text.size() - 1;
  return std::from_chars(text.data() + 1, end, number).ptr == end ? std::optional(number) : std::nullopt;
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Property line : directive.properties()) {
    const std::span<const Word> words = line.arguments();
    if (line.name() != "directory" || words.size() < 3 || words[1].unknown || words[2].unknown) continue;
    const go::Regexp pattern = go::compile_regexp(words[1].text);
    const auto number = pattern.error.empty() ? lone_number(words[2].text) : std::nullopt;
    if (!number || *number <= pattern.groups) continue;
    Diagnostic& found = report.at(words[2], fmt::format("`{{{}}}` stands for a group that the pattern does not have", *number));
    found.label = "no zone's name comes of it";
    found.labels.push_back(
        {directive.config->place(words[1]), pattern.groups == 1 ? "one group" : fmt::format("{} groups", pattern.groups)});
    found.notes.push_back("files of the folder are read as zones of an empty name, and nobody asks for these");
    found.help = pattern.groups == 1 ? "write `{1}`" : fmt::format("write the number of a group, from `{{1}}` to `{{{}}}`", pattern.groups);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::auto_}, .lines = {"directory"}};

}  // namespace corefile::rules::auto_template_group
