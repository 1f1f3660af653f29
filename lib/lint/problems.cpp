// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"

#include <algorithm>

#include "lint/key_mistake.hpp"

namespace corefile {
namespace {

/// Calls `see` with each word that names something in the block: its keys and its directives' names.
template <typename See>
void each_name(ServerBlock block, See see) {
  for (const Word& key : block.keys()) see(key);
  for (const Directive directive : block.directives()) see(directive.name_word());
}

}  // namespace

bool is_about_names(const Problem& problem) noexcept {
  return problem.kind == ProblemKind::unknown_directive || problem.kind == ProblemKind::duplicate_zone ||
         problem.kind == ProblemKind::invalid_key;
}

bool is_zone_as_directive(const Problem& problem) noexcept {
  return problem.kind == ProblemKind::unknown_directive && problem.subject.find_first_of(".:/()") != std::string::npos;
}

Problems::Problems(const LoadVerdict& verdict) {
  for (const Problem& problem : verdict.problems) {
    if (!is_syntax(problem.kind)) by_place_.push_back(&problem);
  }
  std::stable_sort(by_place_.begin(), by_place_.end(), [](const Problem* a, const Problem* b) { return a->place < b->place; });
}

std::span<const Problem* const> Problems::all_on(Place place) const noexcept {
  const auto begin = std::lower_bound(by_place_.begin(), by_place_.end(), place, [](const Problem* p, Place at) { return p->place < at; });
  auto end = begin;
  while (end != by_place_.end() && (*end)->place == place) ++end;
  return {begin, end};
}

const Problem* Problems::on(Place place) const noexcept {
  const std::span<const Problem* const> found = all_on(place);
  return found.empty() ? nullptr : found.front();
}

const Problem* Problems::in(ServerBlock block) const noexcept {
  const Problem* first = nullptr;
  if (by_place_.empty()) return first;
  each_name(block, [&](const Word& word) {
    for (const Problem* problem : all_on(block.config->place(word))) {
      // All of them are elements of the verdict's one vector.
      if (is_about_names(*problem) && (first == nullptr || problem < first)) first = problem;
    }
  });
  return first;
}

void Problems::explain(Place place) {
  if (by_place_.empty()) return;
  places_.push_back(place);
  sorted_ = false;
}

void Problems::explain(ServerBlock block) {
  if (by_place_.empty()) return;
  each_name(block, [&](const Word& word) {
    for (const Problem* problem : all_on(block.config->place(word))) {
      if (is_about_names(*problem)) explain(*problem);
    }
  });
}

bool Problems::left(const Problem& problem) {
  if (explained_.contains(&problem)) return false;
  if (is_syntax(problem.kind) || places_.empty()) return true;
  if (!sorted_) std::sort(places_.begin(), places_.end());
  sorted_ = true;
  const Place first{problem.place.document, {problem.place.span.begin, problem.place.span.begin}};
  const auto inner = std::lower_bound(places_.begin(), places_.end(), first);
  return inner == places_.end() || inner->document != first.document || inner->span.end > problem.place.span.end;
}

void report_problem(const Problem& problem, const Context& context, Report& report) { report.at(problem, context.release); }

}  // namespace corefile
