// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "go/regexp.hpp"
#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_rule_unreached {
namespace {

constexpr std::size_t most = 64;  // each is compared with those before it
constexpr std::size_t longest = 512;

bool takes_all(const NameRule& rule, go::Patterns& patterns) {
  if (rule.match != NameRule::Match::regex || rule.from->text.size() > longest) return false;
  const std::array<std::string, 3> names{"q.", "x7-y.zz.", "_k.0.w--v."};
  const go::Pattern& pattern = patterns.of(rule.from->text);
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) { return pattern.matches(name); });
}

std::string_view bare(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

bool ends_in(std::string_view name, std::string_view end) {
  return name.size() >= end.size() && ascii::same_letters(name.substr(name.size() - end.size()), end);
}

/// Whatever `later` is for, `earlier` has taken.
bool takes(const NameRule& earlier, const NameRule& later, go::Patterns& patterns) {
  using enum NameRule::Match;
  if (takes_all(earlier, patterns)) return true;
  const std::string_view a = bare(earlier.from->text);
  const std::string_view b = bare(later.from->text);
  if (earlier.match == suffix) return (later.match == suffix || later.match == exact) && ends_in(b, a);
  if (earlier.match == later.match) return earlier.match == regex ? a == b : ascii::same_letters(a, b);
  return false;
}

bool same_rule(const NameRule& earlier, const NameRule& later) {
  return earlier.match == later.match && earlier.from->text == later.from->text && earlier.to->text == later.to->text;
}

/// An `edns0` rule that does something to every query (plugin/rewrite/edns0.go): `replace` does only where the option is there, and a
/// label of metadata may be empty.
bool takes_all(const RewriteWords& words) {
  if (!words.known() || !words.is_kind("edns0") || words.size() < 2) return false;
  return (words[1].text == "set" || words[1].text == "append") && words[words.size() - 1].text.find('/') == std::string_view::npos;
}

/// Rules behind one that ends it for every query.
void check_behind(Directive first, Directive next, std::size_t behind, Report& report) {
  const Config& config = *first.config;
  Diagnostic& found = report.at(config.place(next.words().first(std::min<std::size_t>(next.words().size(), 2))),
                                behind == 1 ? std::string("this rule never gets a query: the `edns0` rule before it ends there")
                                            : fmt::format("{} rules never get a query: the `edns0` rule before them ends there", behind));
  found.label = "too late";
  found.labels.push_back({config.place(first.words().first(2)), "for every query, and ends there"});
  found.notes.push_back("the first rule that does something is the last one, unless it says `continue`");
  found.help = "write `rewrite continue edns0 …` for each rule but the last";
}

void check_edns0(ServerBlock block, Report& report) {
  std::optional<Directive> first, next;
  std::size_t behind = 0;
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::rewrite)) continue;
    if (first) {
      if (!next) next = directive;
      ++behind;
      continue;
    }
    const RewriteWords words(directive);
    if (words.stops() && takes_all(words)) first = directive;
  }
  if (next) check_behind(*first, *next, behind, report);
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  check_edns0(block, report);
  std::vector<NameRule> stopping;
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::rewrite) || stopping.size() == most) continue;
    const auto& rule = context.stanzas->name_rule(directive);
    if (!rule) continue;
    const auto earlier =
        std::find_if(stopping.begin(), stopping.end(), [&](const NameRule& other) { return takes(other, *rule, *context.patterns); });
    if (earlier != stopping.end()) {
      Diagnostic& found = report.at(
          *rule->from, fmt::format("this rule never gets a query: a `{}` rule before it takes them all", to_string(earlier->match)));
      found.label = "too late";
      if (same_rule(*earlier, *rule)) found.severity = Severity::info;
      found.labels.push_back({block.config->place(*earlier->from), "takes them, and ends there"});
      found.notes.push_back("rules are tried in the file's order, and the first that fits is the last one, unless it says `continue`");
      found.help = "put the narrower rule first";
    }
    if (rule->stops) stopping.push_back(*rule);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}};

}  // namespace corefile::rules::rewrite_rule_unreached
