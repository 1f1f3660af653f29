// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <vector>

#include "reading.hpp"

namespace corefile::rules::snippet_redeclared {
namespace {

std::string_view name_of(std::string_view label) {
  if (label.starts_with('"')) label = label.substr(1, label.size() - 2);
  return label.size() < 2 ? label : label.substr(1, label.size() - 2);
}

void check(const Config& config, const Context& context, Report& report) {
  std::map<std::string_view, std::vector<Place>> declared;
  for (const Config::Snippet& snippet : config.snippets) declared[snippet.name].push_back(snippet.place);
  for (const Refusal& refusal : config.refusals) {
    if (refusal.kind != RefusalKind::snippet_redeclared) continue;
    const std::string_view name = name_of(config.text(refusal.place));
    Diagnostic& found = report.at(refusal.place, fmt::format("the snippet `{}` is declared a second time", shown(name)));
    for (const Place& place : declared[name]) {
      if (place != refusal.place) found.labels.push_back({place, "declared here first"});
    }
    found.notes.push_back(says(context, refusal.message));
    found.help = "give one of them another name, or remove it";
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "snippet-redeclared",
    .summary = "Two snippets of one name",
    .check = check,
    .grounds = Ground::refusal,
    .severity = Severity::error,
};

}  // namespace corefile::rules::snippet_redeclared
