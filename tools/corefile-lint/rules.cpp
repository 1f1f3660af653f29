// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/render.hpp>
#include <nlohmann/json.hpp>

#include "app.hpp"
#include "arguments.hpp"
#include "base/ink.hpp"
#include "settings.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

std::string_view name_of(Fixes fixes) {
  switch (fixes) {
    case Fixes::always:
      return "always";
    case Fixes::sometimes:
      return "sometimes";
    case Fixes::never:
      break;
  }
  return "never";
}

std::string padded(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width - std::min(width, text.size()), ' ');
}

std::string table(const Catalogue& catalogue) {
  std::size_t name = 4;
  std::size_t group = 5;
  for (const Catalogue::Entry& entry : catalogue.entries()) {
    name = std::max(name, entry.name.size());
    group = std::max(group, entry.group.size());
  }
  std::string out;
  const auto row = [&](std::string_view a, std::string_view b, std::string_view c, std::string_view d, std::string_view e) {
    out += padded(a, name + 2) + padded(b, group + 2) + padded(c, 10) + padded(d, 11) + std::string(e) + '\n';
  };
  row("RULE", "GROUP", "SEVERITY", "FIXABLE", "ABOUT");
  for (const Catalogue::Entry& entry : catalogue.entries()) {
    const Rule& rule = *entry.rule;
    row(entry.name, entry.group, to_string(rule.severity), name_of(rule.fixes), entry.summary());
  }
  return out;
}

std::string markdown(const Catalogue& catalogue) {
  std::string out = "| Rule | Group | Severity | Fixable | About |\n|---|---|---|---|---|\n";
  for (const Catalogue::Entry& entry : catalogue.entries()) {
    const Rule& rule = *entry.rule;
    for (const std::string_view cell : {entry.name, entry.group, to_string(rule.severity), name_of(rule.fixes), entry.summary()}) {
      out += "| ";
      for (const char c : cell) (c == '|' ? out += '\\' : out) += c;
      out += ' ';
    }
    out += "|\n";
  }
  return out;
}

std::string json(const Catalogue& catalogue) {
  nlohmann::ordered_json rules = nlohmann::ordered_json::array();
  for (const Catalogue::Entry& entry : catalogue.entries()) {
    const Rule& rule = *entry.rule;
    rules.push_back({{"name", entry.name},
                     {"group", entry.group},
                     {"severity", to_string(rule.severity)},
                     {"fixable", name_of(rule.fixes)},
                     {"summary", entry.summary()}});
  }
  return nlohmann::ordered_json{{"version", 1}, {"rules", std::move(rules)}}.dump(2) + '\n';
}

// Headings stand out, so do what is bad, good and fixed.
std::string page_for_people(std::string_view page, bool colour) {
  const ink::Paint paint(colour);
  std::string out;
  while (!page.empty()) {
    const std::size_t end = std::min(page.find('\n'), page.size());
    const std::string_view line = page.substr(0, end);
    const bool heading = line.starts_with('#');
    paint.put(out, heading ? ink::Ink::strong : line.starts_with("```") ? ink::Ink::frame : ink::Ink::plain, line);
    out += '\n';
    page.remove_prefix(std::min(end + 1, page.size()));
  }
  return out;
}

}  // namespace

void rules(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<RulesArguments>(std::move(words));
  const Catalogue& catalogue = catalogue_of(invocation);
  insist_on("--format", arguments.format, {"table", "json", "markdown"});
  outcome.out = arguments.format == "table" ? table(catalogue) : arguments.format == "json" ? json(catalogue) : markdown(catalogue);
}

void explain(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<ExplainArguments>(std::move(words));
  const Catalogue& catalogue = catalogue_of(invocation);
  if (arguments.rule.empty()) throw UsageError("explain needs a rule's name; `corefile-lint rules` lists all");
  const Catalogue::Entry* entry = catalogue.find(arguments.rule);
  if (entry == nullptr) {
    std::vector<std::string_view> names;
    for (const Catalogue::Entry& known : catalogue.entries()) names.push_back(known.name);
    const std::string near = did_you_mean(arguments.rule, names);
    throw Trouble("there is no rule `" + arguments.rule + '`' + (near.empty() ? "; `corefile-lint rules` lists all" : near));
  }
  outcome.out = page_for_people(entry->page, read_colour(arguments.color, invocation));
}

void version(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<VersionArguments>(std::move(words));
  const std::string oldest = to_string(known_releases().front());
  const std::string newest = to_string(newest_release());
  const std::size_t number = catalogue_of(invocation).entries().size();
  const std::string tool(corefile::version());
  if (!arguments.json) {
    outcome.out = "corefile-lint " + tool + " (" + count(number, "rule") + ", CoreDNS " + oldest + " to " + newest + ")\n";
    return;
  }
  const nlohmann::ordered_json json{{"version", 1},
                                    {"tool", {{"name", "corefile-lint"}, {"version", tool}}},
                                    {"coredns", {{"oldest", oldest}, {"newest", newest}}},
                                    {"rules", number}};
  outcome.out = json.dump(2) + '\n';
}

}  // namespace corefile::app
