// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "base/ascii.hpp"

namespace corefile::rules::argument_commented_out {
namespace {

/// `#30`, `#:8080`: one word, which begins as numbers and ports do.
std::string_view number_in_comment(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with('#')) return {};
  const std::string_view word = line.substr(0, line.find_first_of(" \t\r\n"));
  const std::size_t digit = word.starts_with("#:") ? 2 : 1;
  const bool alone = line.find_first_not_of(" \t\r", word.size()) == std::min(line.find('\n'), line.size()) ||
                     line.find_first_not_of(" \t\r", word.size()) == std::string_view::npos;
  return alone && word.size() > digit && ascii::is_digit(word[digit]) ? word : std::string_view();
}

void check(Directive directive, const Context&, Report& report) {
  if (!directive.arguments().empty() || directive.has_block()) return;
  const Place place = directive.config->place(directive.name_word());
  const std::string_view text = directive.config->document(place.document).source().text();
  const std::string_view comment = number_in_comment(text.substr(place.span.end));
  if (comment.empty()) return;
  const std::size_t at = text.find('#', place.span.end);
  const Place where{place.document, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + comment.size())}};
  Diagnostic& found = report.at(where, fmt::format("`{}` is a comment: `{}` has no argument", comment, directive.name()));
  found.notes.push_back(fmt::format("`{}` takes its default", directive.name()));
  found.help = fmt::format("write `{} {}`, or put a blank behind the `#`", directive.name(), comment.substr(1));
}

}  // namespace

extern constinit const Rule rule{
    .check = check,
    .directives = {Plugin::cache, Plugin::reload, Plugin::health, Plugin::ready, Plugin::prometheus, Plugin::bufsize, Plugin::pprof},
    .needs = Precondition::sign,
    .severity = Severity::info};

}  // namespace corefile::rules::argument_commented_out
