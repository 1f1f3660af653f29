// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::wrong_comment_style {
namespace {

Diagnostic& tell(const Config& config, const Word& word, Report& report) {
  const std::string_view sign = foreign_comment(word.text);
  const Place at = config.place(word);
  Diagnostic& found = report.at(at, fmt::format("`{}` begins no comment", sign));
  found.help = "begin comments with `#`";
  if (sign == "//" || sign == ";" || sign == "--") {
    const Span mark{at.span.begin, at.span.begin + static_cast<std::uint32_t>(sign.size())};
    const bool apart = word.text.size() == sign.size();
    found.fixes.push_back({"begin the comment with `#`", Safety::safe, {{{at.document, mark}, apart ? "#" : "# "}}});
  }
  return found;
}

void check_block(const Config& config, ServerBlock block, Report& report) {
  if (key_mistake_of(block) == KeyMistake::comment) {
    const std::span<const Word> keys = block.keys();
    const auto sign = std::find_if(keys.begin(), keys.end(), [](const Word& key) { return !foreign_comment(key.text).empty(); });
    Diagnostic& found = tell(config, *sign, report);
    found.notes.push_back("every word of the line becomes a zone");
    report.explain(found, block);
  }
  for (const Directive directive : block.directives()) {
    const std::span<const Word> words = directive.words();
    if (!words[0].quoted && !foreign_comment(words[0].text).empty()) {
      Diagnostic& found = tell(config, words[0], report);
      report.explain(found, words[0]);
      continue;
    }
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (!is_comment(words, i)) continue;
      Diagnostic& found = tell(config, words[i], report);
      found.notes.push_back(fmt::format("`{}` takes every word of it as its own", directive.name()));
      report.explain(found, words[i]);
      while (i + 1 < words.size() && words[i + 1].line == words[i].line) report.cover(config.place(words[++i]));
    }
  }
}

void check(const Config& config, const Context&, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) check_block(config, config.block(i), report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::foreign_sign, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::wrong_comment_style
