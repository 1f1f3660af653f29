// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::import_missing {
namespace {

const Snippet* find(const Config& config, std::string_view name) {
  for (const Snippet& snippet : config.snippets()) {
    if (snippet.name == name) return &snippet;
  }
  return nullptr;
}

void advise(const Config& config, Place at, std::string_view name, Diagnostic& found) {
  if (const Snippet* later = find(config, name)) {
    found.labels.push_back({later->place, "declared only here"});
    found.help = fmt::format("move `({})` above its first `import`", shown(name));
    return;
  }
  for (const Snippet& snippet : config.snippets()) {
    if (!nearly(snippet.name, name)) continue;
    found.labels.push_back({snippet.place, "a name like it"});
    found.help = fmt::format("write `import {}` if that snippet is meant", shown(snippet.name));
    found.fixes.push_back({fmt::format("import `{}`", shown(snippet.name)), Safety::unsafe, {{at, std::string(snippet.name)}}});
    return;
  }
  found.help = "check the name: a snippet must stand above, and a file's path is relative to the importing file";
}

void check(const Problem& problem, const Context& context, Report& report) {
  const Config& config = context.readings->meant;
  const std::string_view name = config.text(problem.place);
  if (problem.kind == ProblemKind::import_missing) {
    Diagnostic& found = report.at(problem.place, fmt::format("there is neither a snippet nor a file `{}`", shown(name)));
    report.explain(found, problem);
    if (!problem.certain) found.severity = Severity::warning;
    advise(config, problem.place, name, found);
  } else if (find(config, name) != nullptr) {
    // Files are not known here, but the name is one of a snippet that comes too late.
    Diagnostic& found = report.at(problem.place, fmt::format("the snippet `{}` is used before it is declared", shown(name)));
    found.severity = Severity::warning;
    found.notes.push_back("CoreDNS looks for a file of this name instead");
    advise(config, problem.place, name, found);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .problems = {ProblemKind::import_missing, ProblemKind::import_unresolved},
                                 .severity = Severity::error,
                                 .fixes = Fixes::sometimes};

}  // namespace corefile::rules::import_missing
