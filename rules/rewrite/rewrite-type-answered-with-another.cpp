// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/name_rule.hpp"

namespace corefile::rules::rewrite_type_answered_with_another {
namespace {

void check(Directive rewrite, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const RewriteWords words(rewrite);
  if (!words.known() || !words.is_kind("type") || words.size() != 2) return;
  const std::string from = ascii::to_upper(words[0].text);
  const std::string to = ascii::to_upper(words[1].text);
  if (from == to || from == "ANY") return;
  Diagnostic& found = report.at(words[1], fmt::format("who asks for {0} gets {1} records", from, to));
  found.label = fmt::format("another type than {}", from);
  found.notes.push_back(fmt::format(
      "only the question is set back to {}: clients drop records of a type that they did not ask for, or take them for a fault", from));
  found.help = from == "AAAA" || from == "A" || from == "HTTPS"
                   ? fmt::format("to have no {0} answers, write `template IN {0}` with `rcode NOERROR` in its block instead", from)
                   : "remove the rule, or serve the records that are asked for";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}};

}  // namespace corefile::rules::rewrite_type_answered_with_another
