// SPDX-License-Identifier: Apache-2.0
#include "lint/template.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "lint/zones.hpp"

namespace corefile {
namespace {

// Names that have nothing in common.
constexpr std::array<std::string_view, 3> samples{"q", "x7-y.zz", "_k.0.w--v"};
constexpr std::size_t most_patterns = 16;   // of one template; what has more is not a pattern for everything
constexpr std::size_t most_templates = 64;  // each is compared with the others

bool matches_samples(std::span<const Word> words, std::string_view below, go::Patterns& patterns) {
  std::array<std::string, samples.size()> names;
  std::array<bool, samples.size()> matched{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = std::string(samples[i]) + "." + (below.empty() ? "" : std::string(below) + ".");
  for (const Word& word : words) {
    const go::Pattern& pattern = patterns.of(word.text);
    for (std::size_t i = 0; i < names.size(); ++i) matched[i] = matched[i] || pattern.matches(names[i]);
    if (std::find(matched.begin(), matched.end(), false) == matched.end()) return true;
  }
  return false;
}

}  // namespace

Template read_template(Directive directive) noexcept {
  const std::span<const Word> arguments = directive.arguments();
  const Properties lines = directive.properties();
  const auto answers = [&] {
    return lines.find("answer") || lines.find("additional") || lines.find("authority") || lines.find("rcode") || lines.find("ederror");
  };
  Template found{.known = arguments.size() >= 2,
                 .cls = arguments.empty() ? std::string_view() : arguments[0].text,
                 .type = arguments.size() < 2 ? std::string_view() : arguments[1].text,
                 .zones = directive.zones(),
                 .own_zones = arguments.size() > 2,
                 .falls_through = lines.find("fallthrough").has_value(),
                 .answers = answers(),
                 .lines = lines};
  found.known = found.known && all_known(arguments) && all_known(found.zones);
  return found;
}

std::string_view asked_type(const Template& one) noexcept { return one.type == "ANY" ? std::string_view() : one.type; }

std::vector<Directive> templates_of(ServerBlock block) {
  std::vector<Directive> found;
  for (const Directive directive : block.directives()) {
    if (directive.is(Plugin::template_)) found.push_back(directive);
    if (found.size() == most_templates) break;
  }
  return found;
}

bool takes_all(const Template& one, go::Patterns& patterns) {
  if (one.lines.find("expr")) return false;
  // What fits any name of its first zone is not about names.
  const std::string_view zone = one.zones.empty() ? std::string_view() : zone_of(one.zones.front());
  bool any = false;
  for (const Property line : one.lines) {
    if (line.name() != "match") continue;
    any = true;
    const std::span<const Word> words = line.arguments();
    if (words.size() > most_patterns) continue;
    if (std::any_of(words.begin(), words.end(), [](const Word& word) { return word.unknown != 0; })) return true;
    if (matches_samples(words, zone, patterns)) return true;
  }
  return !any;
}

bool same_questions(const Template& a, const Template& b) noexcept {
  const auto meet = [](std::string_view x, std::string_view y) { return x == y || x == "ANY" || y == "ANY"; };
  return meet(a.cls, b.cls) && meet(a.type, b.type);
}

}  // namespace corefile
