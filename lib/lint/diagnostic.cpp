// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/diagnostic.hpp>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/key_mistake.hpp"
#include "lint/problems.hpp"

namespace corefile {

std::string_view to_string(Severity severity) noexcept {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      break;
  }
  return "info";
}

std::optional<Severity> parse_severity(std::string_view text) noexcept {
  for (const Severity severity : {Severity::info, Severity::warning, Severity::error}) {
    if (to_string(severity) == text) return severity;
  }
  return {};
}

std::string_view to_string(Safety safety) noexcept {
  switch (safety) {
    case Safety::safe:
      return "safe";
    case Safety::unsafe:
      return "unsafe";
    case Safety::shown:
      break;
  }
  return "shown";
}

Diagnostic& ManifestReport::at(Place where, std::string message) {
  return out_->emplace_back(Diagnostic{name_, rule_->severity, where, std::move(message)});
}

Place Report::beside(const Source& file, Span span, const Word& instead) {
  if (context_->beside == nullptr) return config_->place(instead);
  std::vector<Source>& files = *context_->beside;
  std::size_t index = 0;
  while (index < files.size() && files[index].name() != file.name()) ++index;
  if (index == files.size()) files.push_back(file);
  return {static_cast<std::uint32_t>(config_->documents().size() + index), span};
}

namespace {

// What would be refused in the text that was meant is then not what CoreDNS reads.
bool loads_as_written(const Context& context) {
  return context.readings != nullptr && context.readings->differ() && context.literal_load != nullptr && context.literal_load->loads();
}

}  // namespace

Diagnostic& Report::at(const Problem& problem, Release release) {
  Diagnostic& found = at(problem.place, problem.message);
  found.labels = problem.labels;
  found.notes = problem.notes;
  if (loads_as_written(*context_)) {
    found.severity = std::min(found.severity, Severity::warning);
  } else if (!problem.says.empty()) {
    found.notes.push_back("CoreDNS " + to_string(release) + " refuses the file: " + problem.says);
  }
  found.help = problem.help;
  found.fixes = problem.fixes;
  if (problem.surplus) {
    if (auto edit = Fixer(*config_).remove_lines(*problem.surplus))
      found.fixes.push_back({"remove this `" + problem.subject + '`', Safety::unsafe, {std::move(*edit)}});
  }
  return found;
}

void Report::quote(Diagnostic& found, const Problem* problem) {
  if (problem == nullptr) return;
  if (loads_as_written(*context_)) {
    found.severity = Severity::warning;
    return;
  }
  found.severity = Severity::error;
  if (!problem->says.empty()) found.notes.push_back(says(context_->release, problem->says));
}

void Report::explain(Diagnostic& found, Place place) {
  quote(found, problems_->on(place));
  cover(place);
}

void Report::explain(Diagnostic& found, ServerBlock block) {
  quote(found, problems_->in(block));
  cover(block);
}

void Report::explain(Diagnostic& found, const Problem& problem) {
  quote(found, &problem);
  cover(problem);
}

void Report::cover(Place place) { problems_->explain(place); }
void Report::cover(ServerBlock block) { problems_->explain(block); }
void Report::cover(const Problem& problem) { problems_->explain(problem); }

}  // namespace corefile
