// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "base/short_text.hpp"
#include "lint/fixer.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::property_overwritten {
namespace {

/// Each of them sets one value, in whatever plugin has it.
constexpr std::array<std::string_view, 17> single{"fallthrough", "policy",         "pods",           "ttl",       "success", "denial",
                                                  "prefetch",    "servfail",       "max_fails",      "expire",    "reload",  "health_check",
                                                  "rcode",       "max_concurrent", "tls_servername", "directory", "lameduck"};

using Last = std::array<std::optional<Property>, single.size()>;

constexpr std::uint64_t single_bits = [] {
  std::uint64_t bits = 0;
  for (const std::string_view name : single) bits |= Properties::bit(name);
  return bits;
}();

/// single.size() where it does not set one value.
std::size_t index_of(std::string_view name) {
  if ((Properties::bit(name) & single_bits) == 0) return single.size();
  return static_cast<std::size_t>(
      std::find_if(single.begin(), single.end(), [name](std::string_view one) { return short_text::same(one, name); }) - single.begin());
}

bool same_words(const Property& a, const Property& b) {
  return std::equal(a.words.begin(), a.words.end(), b.words.begin(), b.words.end(),
                    [](const Word& x, const Word& y) { return x.text == y.text; });
}

/// `fallthrough in-addr.arpa` twice is meant as one line with both zones.
void add_fix(const Config& config, const Property& first, const Property& last, Diagnostic& found) {
  std::string more;
  for (const Word& word : first.arguments()) more += ' ' + std::string(word.text);
  auto gone = Fixer(config).remove_lines(first.words);
  if (!gone || first.arguments().empty() || last.arguments().empty()) return;
  found.fixes.push_back(
      {"write all zones behind one", Safety::safe, {std::move(*gone), Fixer(config).insert_behind(last.words.back(), more)}});
}

void check_directive(Directive directive, Report& report) {
  const Properties lines = directive.properties();
  if (!is_stock_plugin(directive.plugin()) || directive.is(Plugin::rewrite)) return;
  const auto sets_one_value = [](Property line) { return index_of(line.name()) != single.size(); };
  if (std::none_of(lines.begin(), lines.end(), sets_one_value)) return;
  Last last;
  for (const Property line : lines) {
    if (sets_one_value(line)) last[index_of(line.name())] = line;
  }
  for (const Property line : lines) {
    if (!sets_one_value(line) || line.words.front().unknown) continue;
    const std::optional<Property>& later = last[index_of(line.name())];
    if (same_words(line, *later)) continue;
    Diagnostic& found = report.at(line.words, fmt::format("this `{}` counts for nothing: the last one replaces it", line.name()));
    found.label = "replaced";
    found.labels.push_back({directive.config->place(later->words), "this one counts"});
    if (line.name() == "fallthrough") {
      found.help = "write all zones behind one `fallthrough`";
      add_fix(*directive.config, line, *later, found);
    } else {
      found.help = "keep the one that is meant";
    }
    return;
  }
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Directive directive : config.directives()) {
    if (!directive.properties().distinct()) check_directive(directive, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::repeated_line, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::property_overwritten
