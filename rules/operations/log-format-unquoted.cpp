// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/misread.hpp"

namespace corefile::rules::log_format_unquoted {
namespace {

bool is_field(const Word& word) {
  const std::size_t open = word.text.find('{');
  return open != std::string_view::npos && word.text.find('}', open) != std::string_view::npos;
}

void check(Directive log, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const std::span<const Word> arguments = log.arguments();
  std::size_t first = arguments.size();
  std::size_t fields = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view text = arguments[i].text;
    if (arguments[i].unknown || foreign_quotes(text) != nullptr || is_deceptive(text) || !foreign_variable(text).span.empty()) return;
    if (is_field(arguments[i])) {
      first = std::min(first, i);
      ++fields;
    }
    quoted = quoted || arguments[i].quoted != 0;
  }
  if (fields < 2 || !is_field(arguments.back())) return;
  const std::span<const Word> format = arguments.subspan(first);
  Diagnostic& found = report.at(format, "this format is several words, and only the last one is the format");
  found.label = fmt::format("{} words", format.size());
  found.notes.push_back(fmt::format("the others are read as zones: a log line holds `{}` alone", format.back().text));
  found.help = first == 0 ? "write the zone, and the format in quotes: `log . \"…\"`" : "write the format in quotes";
  if (!quoted && first > 0 && format.front().expansion == format.back().expansion) {
    const Fixer fixer(*log.config);
    found.fixes.push_back(
        {"quote the format", Safety::safe, {fixer.insert_before(format.front(), "\""), fixer.insert_behind(format.back(), "\"")}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::log}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::log_format_unquoted
