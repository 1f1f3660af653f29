// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::import_missing {
namespace {

const Config::Snippet* find(const Config& config, std::string_view name) {
  for (const Config::Snippet& snippet : config.snippets) {
    if (snippet.name == name) return &snippet;
  }
  return nullptr;
}

void explain(const Config& config, Place at, std::string_view name, Diagnostic& found) {
  if (const Config::Snippet* later = find(config, name)) {
    found.labels.push_back({later->place, "declared only here"});
    found.help = fmt::format("move `({})` above its first `import`", shown(name));
    return;
  }
  for (const Config::Snippet& snippet : config.snippets) {
    if (!nearly(snippet.name, name)) continue;
    found.labels.push_back({snippet.place, "a name like it"});
    found.help = fmt::format("write `import {}` if that snippet is meant", shown(snippet.name));
    found.fixes.push_back({fmt::format("import `{}`", shown(snippet.name)), Safety::unsafe, {{at, std::string(snippet.name)}}});
    return;
  }
  found.help = "check the name: a snippet must stand above, and a file's path is relative to the importing file";
}

void check(const Config& config, const Context& context, Report& report) {
  for (const Refusal& refusal : config.refusals) {
    if (refusal.kind != RefusalKind::import_missing) continue;
    const std::string_view name = config.text(refusal.place);
    Diagnostic& found = report.at(refusal.place, fmt::format("there is neither a snippet nor a file `{}`", shown(name)));
    found.notes.push_back(says(context, refusal.message));
    if (!refusal.certain) found.severity = Severity::warning;
    explain(config, refusal.place, name, found);
  }
  // Files are not known here, but the name is one of a snippet that comes too late.
  for (const Remark& remark : config.remarks) {
    if (remark.kind != Remark::Kind::import_unresolved || config.snippets.empty()) continue;
    const std::string_view name = config.text(remark.place);
    if (find(config, name) == nullptr) continue;
    Diagnostic& found = report.at(remark.place, fmt::format("the snippet `{}` is used before it is declared", shown(name)));
    found.severity = Severity::warning;
    found.notes.push_back("CoreDNS looks for a file of this name instead");
    explain(config, remark.place, name, found);
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "import-missing",
    .summary = "An `import` of a snippet or file that is not there",
    .check = check,
    .grounds = Ground::refusal | Ground::remark,
    .severity = Severity::error,
    .fixes = Fixes::sometimes,
};

}  // namespace corefile::rules::import_missing
