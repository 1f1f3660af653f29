// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"

namespace corefile::rules::log_format_as_zone {
namespace {

void check(Directive log, const Context& context, Report& report) {
  if (!context.load->loads() || log.arguments().size() != 1) return;
  const Word& word = log.arguments().front();
  const std::size_t open = word.text.find('{');
  if (word.unknown || open == std::string_view::npos || word.text.find('}', open) == std::string_view::npos) return;
  if (word.text.starts_with("{{") || word.text.starts_with("{$") || word.text.starts_with("{%")) return;
  Diagnostic& found = report.at(word, "this format is read as a zone");
  found.label = "no name is below it";
  found.notes.push_back("with one argument `log` takes it for the names to log: no query is logged at all");
  found.help = "write `.` before it, for all names: `log . FORMAT`";
  found.fixes.push_back({"insert `.`", Safety::unsafe, {Fixer(*log.config).insert_before(word, ". ")}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::log}, .fixes = Fixes::always};

}  // namespace corefile::rules::log_format_as_zone
