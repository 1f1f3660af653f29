// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/edit.hpp"
#include "lint/upstream.hpp"

namespace corefile::rules {
namespace {

void check(Directive directive, const Context&, Report& report) {
  const Word* const from = from_word(directive);
  if (from == nullptr || !from_is_upstream(*from)) return;
  const std::string name(directive.name());
  const std::string text = "`" + std::string(from->text) + "`";
  const bool alone = upstream_words(directive).empty();
  Diagnostic& found =
      report.at(*from, alone ? "the domain before " + text + " is missing" : text + " is taken for a domain, not for an upstream");
  found.label = "`" + name + "` begins with a domain";
  if (alone) {
    found.severity = Severity::error;
    found.notes.push_back("CoreDNS: Wrong argument count or unexpected line ending after '" + std::string(from->text) + "'");
  } else {
    found.notes.push_back("it loads and asks the other upstreams for names that end in " + text +
                          ", of which there are none; other names are not forwarded");
  }
  found.help = "put the domain first: `" + name + " . " + std::string(from->text) + "`, where `.` stands for all names";
  found.fixes.push_back({"insert `.`", Safety::safe, {insert_before(*directive.config, *from, ". ")}});
}

}  // namespace

extern constinit const Rule forward_missing_from{
    .name = "forward-missing-from",
    .summary = "An upstream stands where the domain belongs",
    .check = check,
    .directives = {"forward", "grpc", "proxy"},
    .severity = Severity::warning,
    .fixes = Fixes::always,
};

}  // namespace corefile::rules
