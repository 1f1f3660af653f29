// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"

namespace corefile::rules::header_without_direction {
namespace {

constexpr Release deprecated{1, 10, 0};
constexpr Release refused{1, 12, 4};

void check(Directive header, const Context& context, Report& report) {
  if (context.release < deprecated || context.release >= refused || !context.load->loads()) return;
  constexpr std::array<std::string_view, 2> actions{"set", "clear"};
  for (const Property line : header.properties()) {
    if (std::find(actions.begin(), actions.end(), line.name()) == actions.end()) continue;
    Diagnostic& found =
        report.at(line.words.front(), fmt::format("CoreDNS 1.12.4 and later refuse `{}` without `response` before it", line.name()));
    found.label = "deprecated";
    found.notes.push_back(fmt::format("CoreDNS {} takes it for `response {}`, and says in its log that it is deprecated",
                                      to_string(context.release), line.name()));
    found.help = fmt::format("write `response {}`, which both read", line.name());
    found.fixes.push_back({"insert `response`", Safety::safe, {Fixer(*header.config).insert_before(line.words.front(), "response ")}});
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::header}, .severity = Severity::info, .fixes = Fixes::always};

}  // namespace corefile::rules::header_without_direction
