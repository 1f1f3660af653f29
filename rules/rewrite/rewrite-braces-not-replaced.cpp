// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>

#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_braces_not_replaced {
namespace {

struct Braces {
  std::string_view all, inside;
};

/// The first `{…}` from `from` on.
Braces braces_in(std::string_view text, std::size_t from) {
  const std::size_t open = text.find('{', from);
  if (open == std::string_view::npos) return {};
  const std::size_t close = text.find('}', open);
  if (close == std::string_view::npos) return {};
  return {text.substr(open, close - open + 1), text.substr(open + 1, close - open - 1)};
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_digit(c); });
}

/// Surely the pattern has no group of this number: it has not so many parentheses.
bool lacks_group(std::string_view pattern, std::string_view number) {
  const auto open = static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '('));
  std::size_t wanted = 0;
  return std::from_chars(number.data(), number.data() + number.size(), wanted).ec == std::errc() && wanted > open;
}

void check(Directive rewrite, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const auto& rule = context.stanzas->name_rule(rewrite);
  if (!rule || rule->metadata) return;
  const bool regex = rule->match == NameRule::Match::regex;
  const std::string_view to = rule->to->text;
  for (Braces one = braces_in(to, 0); !one.all.empty();
       one = braces_in(to, static_cast<std::size_t>(one.all.data() - to.data()) + one.all.size())) {
    const bool number = is_number(one.inside);
    if (regex && number && !lacks_group(rule->from->text, one.inside)) continue;
    Diagnostic& found = report.at(*rule->to, fmt::format("`{}` is not replaced here: names are asked for with the braces", one.all));
    found.label = "asked for as it stands";
    if (number && regex) {
      found.notes.push_back(fmt::format("`{}` has no such group: groups are its parentheses, counted from 1", rule->from->text));
      found.help = "write the number of a group, or put parentheses around the part to keep";
    } else if (number) {
      found.notes.push_back(fmt::format("only a `regex` rule has groups to fill in; this one is `{}`", to_string(rule->match)));
      found.help = "write the rule as `regex`, with the part to keep in parentheses";
    } else {
      constexpr Release metadata{1, 15, 0};
      found.notes.push_back(context.release < metadata ? "a name rule knows `{1}`, `{2}`, … in a `regex` rule, and no metadata"
                                                       : "metadata is filled in only where `metadata` stands behind a `regex` rule's name");
      found.help = context.release < metadata ? "write the name out, a rule for each; `edns0` rules and `log` formats know metadata"
                                              : "write the rule as `regex`, with `metadata` behind the name that it makes";
    }
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}};

}  // namespace corefile::rules::rewrite_braces_not_replaced
