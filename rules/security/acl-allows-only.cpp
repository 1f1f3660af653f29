// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/acl.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::acl_allows_only {
namespace {

/// Rules for some, and behind them none that refuses anybody: an `allow` there changes nothing.
void check_last(ServerBlock block, Report& report) {
  std::optional<Property> last;
  std::optional<Directive> own;
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::acl)) continue;
    for (const Property line : directive.properties()) {
      if (line.words.front().unknown || fits_every_query(line)) return;
      last = line;
      own = directive;
    }
  }
  if (!last || !same_name(last->name(), "allow") || last->arguments().empty()) return;
  // What is wrong is its place.
  if (const auto around = rule_around(*own, *last); around && !same_name(around->name(), "allow")) return;
  Diagnostic& found = report.at(last->words, "this `allow` changes nothing: who fits no rule is allowed anyway");
  found.label = "no rule behind it refuses";
  found.notes.push_back("a query that no rule fits is allowed");
  found.help = "write `block` as the last line of the `acl` block, or `drop` to answer nothing at all";
  if (const auto edit = Fixer(*own->config).add_property(*own, "block")) found.fixes.push_back({"insert `block`", Safety::unsafe, {*edit}});
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads() || block.fragment() || has_unresolved_import(*block.config)) return;
  const Word* first = nullptr;
  for (const Directive directive : block.directives()) {
    if (directive.name_word().unknown) return;
    if (!directive.is(Plugin::acl)) continue;
    for (const Property line : directive.properties()) {
      if (line.words.front().unknown) return;
      if (!same_name(line.name(), "allow")) return check_last(block, report);
      if (first == nullptr) first = &line.words.front();
    }
  }
  if (first == nullptr) return;
  Diagnostic& found = report.at(*first, "`acl` allows these, and refuses nobody else");
  found.label = "no effect alone";
  found.notes.push_back("a query that no rule fits is allowed");
  found.help = "write `block` as the last line of the `acl` block, or `drop` to answer nothing at all";
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::acl)) continue;
    if (const auto edit = Fixer(*directive.config).add_property(directive, "block"))
      found.fixes.push_back({"insert `block`", Safety::unsafe, {*edit}});
    break;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::acl}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::acl_allows_only
