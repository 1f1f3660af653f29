// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/upstream.hpp"

namespace corefile::rules::forward_missing_from {
namespace {

void check(Directive directive, const Context&, Report& report) {
  const Word* const from = from_word(directive);
  // Alone it is refused: argument-count.
  if (from == nullptr || directive.upstreams().empty() || !from_is_upstream(*from)) return;
  const std::string name(directive.name());
  const std::string text = "`" + std::string(from->text) + "`";
  Diagnostic& found = report.at(*from, text + " is taken for a domain, not for an upstream");
  found.label = "`" + name + "` begins with a domain";
  const std::string loads =
      "it loads and asks the other upstreams for names that end in " + text + ", of which there are none; other names are not forwarded";
  const auto words = directive.upstreams();
  if (const auto root = std::find_if(words.begin(), words.end(), [](const Word& word) { return word.text == "."; }); root != words.end()) {
    const Fixer fixer(*directive.config);
    report.explain(found, *root);
    if (found.severity != Severity::error) found.notes.push_back(loads);
    found.help = "put the domain first: `" + name + " . " + std::string(from->text) + " …`";
    found.fixes.push_back({"put the `.` first", Safety::safe, {fixer.replace(*from, "."), fixer.replace(*root, std::string(from->text))}});
    return;
  }
  found.notes.push_back(loads);
  found.help = "put the domain first: `" + name + " . " + std::string(from->text) + " …`, where `.` stands for all names";
  found.fixes.push_back({"insert `.`", Safety::safe, {Fixer(*directive.config).insert_before(*from, ". ")}});
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy}, .severity = Severity::warning, .fixes = Fixes::always};

}  // namespace corefile::rules::forward_missing_from
