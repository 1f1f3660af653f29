// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "lint/fixer.hpp"

namespace corefile::rules::pattern_without_last_dot {
namespace {

/// Ends in a letter or digit that must be the name's last character.
bool ends_before_dot(std::string_view pattern) {
  if (pattern.size() < 3 || !pattern.ends_with('$') || pattern.find('|') != std::string_view::npos) return false;
  if (pattern.find("(?") != std::string_view::npos && pattern.find("(?P<") == std::string_view::npos) return false;
  const std::size_t last = pattern.size() - 2;
  return ascii::is_alnum(pattern[last]) && pattern[last - 1] != '\\';
}

void look(const Config& config, const Word& word, std::string_view of, Report& report) {
  if (word.unknown || !ends_before_dot(word.text)) return;
  Diagnostic& found = report.at(word, "no name matches this pattern");
  found.label = "names end with a dot";
  found.notes.push_back(
      fmt::format("`{}` compares with the whole name, as in `www.example.org.`, so that a `$` behind a letter never fits", of));
  std::string meant(word.text.substr(0, word.text.size() - 1));
  meant += "[.]$";
  found.help = fmt::format("end the pattern with `[.]$`: `{}`", meant);
  const Place at = config.place(word);
  const std::string_view written = config.text(at);
  const std::size_t dollar = written.rfind('$');
  if (dollar == std::string_view::npos) return;
  const auto begin = at.span.begin + static_cast<std::uint32_t>(dollar);
  found.fixes.push_back({"insert `[.]`", Safety::unsafe, {{{at.document, {begin, begin}}, "[.]"}}});
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const Config& config = *directive.config;
  if (directive.is(Plugin::template_)) {
    for (const Property line : directive.properties()) {
      if (line.name() != "match") continue;
      for (const Word& pattern : line.arguments()) look(config, pattern, "template", report);
    }
    return;
  }
  // `rewrite [continue|stop] name regex PATTERN TO …`
  std::span<const Word> words = directive.arguments();
  if (!words.empty() && (words.front().text == "continue" || words.front().text == "stop")) words = words.subspan(1);
  if (words.size() > 3 && words[0].text == "name" && words[1].text == "regex") look(config, words[2], "rewrite", report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite, Plugin::template_}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::pattern_without_last_dot
