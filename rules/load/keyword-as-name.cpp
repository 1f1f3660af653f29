// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "base/short_text.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::keyword_as_name {
namespace {

constexpr LineNames lines_of_zones{"fallthrough", "except"};

bool takes_zones(std::string_view property) { return property == "fallthrough" || property == "except"; }

void report_twice(Directive directive, const Word& again, Report& report) {
  Diagnostic& found = report.at(again, fmt::format("`{}` stands twice", directive.name()));
  found.label = "read as the plugin's first argument";
  found.notes.push_back(fmt::format("CoreDNS takes the second `{}` for a name, and does not complain", directive.name()));
  found.help = "remove one of them";
  const Place first = directive.config->place(directive.name_word());
  const Place second = directive.config->place(again);
  if (first.document == second.document && first.span.end < second.span.begin) {
    found.fixes.push_back({fmt::format("remove the second `{}`", directive.name()),
                           Safety::unsafe,
                           {{{second.document, {first.span.end, second.span.end}}, ""}}});
  }
}

void report_joined(const Config& config, std::string_view property, const Word& word, std::size_t zones, Report& report) {
  Diagnostic& found = report.at(word, fmt::format("`{}` is read as a zone of `{}`", word.text, property));
  found.label = "no property here";
  found.notes.push_back(fmt::format("all words on the line of `{}` are zones", property));
  found.help = word.text == property ? "remove one of them" : fmt::format("put `{}` on a line of its own", word.text);
  if (word.text != property) return;
  // The zones behind it are let through all the same.
  if (zones > 1) found.severity = Severity::info;
  Place gone = config.place(word);
  const std::string_view text = config.document(gone.document).source().text();
  while (gone.span.begin > 0 && (text[gone.span.begin - 1] == ' ' || text[gone.span.begin - 1] == '\t')) --gone.span.begin;
  found.fixes.push_back({fmt::format("remove the second `{}`", property), Safety::unsafe, {{gone, ""}}});
}

void check_directive(Directive directive, const Context& context, Report& report) {
  const std::span<const Word> arguments = directive.arguments();
  // A file may well have the plugin's name.
  if (!arguments.empty() && short_text::same(arguments.front().text, directive.name()) && !facts_of(directive.plugin()).begins_with_file) {
    report_twice(directive, arguments.front(), report);
  }
  const Properties lines = directive.properties();
  if (!lines.may_have(lines_of_zones.bits()) || !directive.has_block()) return;
  const plugins::Schema* schema = plugins::schema_of(directive.plugin());
  if (schema == nullptr) return;
  for (const Property line : lines) {
    if (!takes_zones(line.name())) continue;
    const std::span<const Word> zones = line.arguments();
    const auto keyword = std::find_if(zones.begin(), zones.end(), [&](const Word& word) {
      if (short_text::same(word.text, "in-addr.arpa") || short_text::holds(word.text, '.')) return false;
      return std::any_of(schema->properties.begin(), schema->properties.end(), [&](const plugins::Property& property) {
        return property.name == word.text && property.arguments.life.covers(context.release) && word.text != "}";
      });
    });
    if (keyword != zones.end()) report_joined(*directive.config, line.name(), *keyword, zones.size(), report);
  }
}

void check(const Config& config, const Context& context, Report& report) {
  // What is refused for it has its error.
  if (!context.load->loads()) return;
  for (const Directive directive : config.directives()) {
    const std::span<const Word> words = directive.words();
    const bool twice = words.size() > 1 && short_text::same(words[1].text, words[0].text);
    if (twice || directive.properties().may_have(lines_of_zones.bits())) check_directive(directive, context, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::keyword_as_name
