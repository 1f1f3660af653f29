// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/fixer.hpp"
#include "lint/name_rule.hpp"

namespace corefile::rules::rewrite_cname_without_dot {
namespace {

constexpr Release adds_dots{1, 14, 7};  // plugin/rewrite/cname_target.go: to both names of an exact match

/// `corp$`: what is compared ends with a dot.
bool ends_before_dot(std::string_view pattern) {
  return pattern.size() > 1 && pattern.ends_with('$') && ascii::is_alnum(pattern[pattern.size() - 2]);
}

void check(Directive rewrite, const Context& context, Report& report) {
  const RewriteWords words(rewrite);
  if (!context.load->loads() || !words.known() || !words.is_kind("cname") || words.size() < 2 || words.size() > 3) return;
  const std::string_view match = words.size() == 2 ? std::string_view("exact") : words[0].text;
  const Word& from = words[words.size() - 2];
  const bool exact = ascii::same_letters(match, "exact");
  const bool suffix = ascii::same_letters(match, "suffix");
  if (exact && context.release >= adds_dots) return;
  const bool dotless = !from.text.ends_with('.');
  if (!(ascii::same_letters(match, "regex") ? ends_before_dot(from.text) : (exact || suffix) && dotless)) return;
  Diagnostic& found = report.at(from, fmt::format("no CNAME's target is ever `{}`: a target ends with a dot", from.text));
  found.label = "never matches";
  found.notes.push_back(exact ? "before CoreDNS 1.14.7 both names are taken as they are written, and compared with the whole target"
                              : "the pattern is compared with the whole target, its last dot included");
  if (!exact && !suffix) {
    found.help = fmt::format("write `{}\\.$` at the end", from.text.substr(0, from.text.size() - 1));
    return;
  }
  const Word& to = words[words.size() - 1];
  const auto with_dot = [](const Word& word) { return std::string(word.text) + (word.text.ends_with('.') ? "" : "."); };
  found.help = fmt::format("write `{} {}`", with_dot(from), with_dot(to));
  if (from.quoted != 0 || to.quoted != 0) return;
  const Fixer fixer(*rewrite.config);
  found.fixes.push_back({"write the last dots", Safety::unsafe, {fixer.replace(from, with_dot(from)), fixer.replace(to, with_dot(to))}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::rewrite_cname_without_dot
