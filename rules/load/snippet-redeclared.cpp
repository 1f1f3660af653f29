// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::snippet_redeclared {
namespace {

std::string_view name_of(std::string_view label) {
  if (label.starts_with('"')) label = label.substr(1, label.size() - 2);
  return label.size() < 2 ? label : label.substr(1, label.size() - 2);
}

void check(const Problem& problem, const Context& context, Report& report) {
  const Config& config = context.readings->meant;
  const std::string_view name = name_of(config.text(problem.place));
  Diagnostic& found = report.at(problem.place, fmt::format("the snippet `{}` is declared a second time", shown(name)));
  found.labels = problem.labels;
  report.explain(found, problem);
  found.help = "give one of them another name, or remove it";
}

}  // namespace

extern constinit const Rule rule{.check = check, .problems = {ProblemKind::snippet_redeclared}, .severity = Severity::error};

}  // namespace corefile::rules::snippet_redeclared
