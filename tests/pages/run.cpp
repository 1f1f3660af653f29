// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace pages {

using namespace corefile;

Files::Content ExampleFiles::read(const std::string& path) const {
  if (const auto found = files_.find(path); found != files_.end()) return {Status::ok, found->second};
  const bool folder = std::any_of(files_.begin(), files_.end(), [&](const auto& file) { return file.first.starts_with(path + '/'); });
  return {folder ? Status::directory : Status::missing, {}};
}

std::vector<std::string> ExampleFiles::list(const std::string& folder) const {
  const std::string prefix = folder == "." ? "" : folder + '/';
  std::set<std::string> names;
  for (const auto& [path, text] : files_) {
    if (path.starts_with(prefix)) names.insert(path.substr(prefix.size(), path.find('/', prefix.size()) - prefix.size()));
  }
  return {names.begin(), names.end()};
}

Analysis run(const Example& example, const std::string& text, const Catalogue& catalogue) {
  const ExampleFiles files(example.files, !example.manifest);
  Options options = example.options;
  options.files = &files;
  return check(Source(example.manifest ? "coredns.yaml" : "Corefile", text), options, catalogue);
}

std::size_t refusals(const Example& example, const std::string& text) {
  const ExampleFiles files(example.files, !example.manifest);
  ResolveOptions options;
  options.files = &files;
  options.environment = example.options.environment;
  options.limits = example.options.limits;
  const auto count = [&](const Source& source, Role role) {
    options.form = role == Role::custom_override ? Form::directives : Form::corefile;
    return recover(parse(source), options).meant.refusals().size();
  };
  if (!example.manifest) return count(Source("Corefile", text), example.options.role.value_or(Role::standalone));
  std::size_t sum = 0;
  const std::vector<Embedded> corefiles = read_corefiles(Source("coredns.yaml", text));
  for (const Embedded& embedded : corefiles) sum += count(embedded.source, example.options.role.value_or(embedded.role));
  return sum;
}

Analysis only(Analysis found, std::string_view rule) {
  std::erase_if(found.diagnostics, [rule](const Diagnostic& d) { return d.rule != rule; });
  return found;
}
Analysis without(Analysis found, std::string_view rule) {
  std::erase_if(found.diagnostics, [rule](const Diagnostic& d) { return d.rule == rule; });
  return found;
}

Fixed fix(const Example& example, std::string_view rule) {
  constexpr int rounds = 10;
  Fixed fixed{example.fence->text, false};
  for (int round = 0; round < rounds && !fixed.converged; ++round) {
    Analysis found = run(example, fixed.text);
    if (!rule.empty()) found = only(std::move(found), rule);
    std::string next = apply(fixed.text, found.diagnostics, Safety::unsafe);
    fixed.converged = next == fixed.text;
    fixed.text = std::move(next);
  }
  return fixed;
}

bool fixable(const Diagnostic& diagnostic) {
  if (diagnostic.fixes.empty() || diagnostic.fixes.front().safety < Safety::unsafe) return false;
  const std::vector<Edit>& edits = diagnostic.fixes.front().edits;
  return !edits.empty() && std::all_of(edits.begin(), edits.end(), [](const Edit& edit) { return edit.place.document == 0; });
}

bool fixes(const Example& example, const Analysis& found, std::string_view rule) {
  return example.bad && std::any_of(found.diagnostics.begin(), found.diagnostics.end(),
                                    [rule](const Diagnostic& d) { return d.rule == rule && fixable(d); });
}

}  // namespace pages
