// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <corefile/rule.hpp>

#include "go/regexp.hpp"
#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"
#include "lint/zones.hpp"
#include "template_record.hpp"

namespace corefile::rules::template_answers_for_one_name {
namespace {

constexpr std::size_t most_patterns = 16;
constexpr std::size_t longest = 512;

enum class Fits : std::uint8_t { unknown, many, others };

/// Whether the patterns fit names below `owner` too, or do not even fit it.
Fits fits(const Template& own, std::string_view owner, go::Patterns& patterns) {
  if (takes_all(own, patterns)) return Fits::many;
  if (own.lines.find("expr")) return Fits::unknown;
  const std::string name = std::string(owner) + (owner.ends_with('.') ? "" : ".");
  const std::array<std::string, 3> names{name, "q7." + name, "x.q7-y." + name};
  std::array<bool, names.size()> any{};
  std::size_t count = 0;
  for (const Property line : own.lines) {
    if (line.name() != "match") continue;
    for (const Word& pattern : line.arguments()) {
      if (pattern.unknown != 0 || pattern.text.size() > longest || ++count > most_patterns) return Fits::unknown;
      const go::Pattern& compiled = patterns.of(pattern.text);
      if (!compiled.known()) return Fits::unknown;
      for (std::size_t i = 0; i < names.size(); ++i) any[i] = any[i] || compiled.matches(names[i]);
    }
  }
  if (any[1] && any[2]) return Fits::many;
  return any[0] || count == 0 ? Fits::unknown : Fits::others;
}

/// The template is for this name and what is below it, which hardly anybody asks for.
bool is_for(const Template& own, std::string_view owner) {
  return own.own_zones && own.zones.size() == 1 && same_name(zone_of(own.zones.front()), zone_of(owner));
}

/// Records of the name that was asked for are among the answers: those of others may belong to a CNAME.
bool names_question(const Template& own) {
  for (const Property line : own.lines) {
    if (line.name() != "answer") continue;
    for (const Word& word : line.arguments()) {
      if (word.text.starts_with('{') || word.text.find("{{") != std::string_view::npos) return true;
    }
  }
  return false;
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const Template& own = context.stanzas->template_of(directive);
  if (!own.known || own.cls == "CH") return;
  const auto answer = own.lines.find("answer");
  if (!answer || answer->arguments().size() != 1) return;
  const Word& word = answer->arguments().front();
  const TemplateRecord record = read_record(word.text);
  if (!record.known || record.owner.find_first_of("{@*") != std::string_view::npos || names_question(own)) return;
  const Fits fit = fits(own, record.owner, *context.patterns);
  if (fit == Fits::unknown) return;
  const bool all = takes_all(own, *context.patterns);
  const bool meant = all && fit == Fits::many && is_for(own, record.owner);
  const std::string name(record.owner.ends_with('.') ? record.owner.substr(0, record.owner.size() - 1) : record.owner);
  Diagnostic& found =
      report.at(word, all && !meant       ? fmt::format("every answer is a record of `{}`, whatever name was asked for", record.owner)
                      : fit == Fits::many ? fmt::format("names below `{}` are answered with a record of `{}` too", name, name)
                                          : fmt::format("the answer is a record of `{}`, and no `match` fits that name", name));
  found.label = "a fixed name";
  if (meant) found.severity = Severity::info;
  found.notes.push_back("clients drop a record of another name than they asked for");
  found.help = fit == Fits::many ? "write `{{ .Name }}` for the record's name, or a `match` for the one name"
                                 : "write `{{ .Name }}` for the record's name";
  if (word.text.starts_with(record.owner)) {
    std::string text(word.text);
    text.replace(0, record.owner.size(), "\"{{ .Name }}");
    text += '"';
    if (word.text.find('"') == std::string_view::npos && word.text.find('\\') == std::string_view::npos)
      found.fixes.push_back({"write `{{ .Name }}`", Safety::unsafe, {Fixer(*directive.config).replace(word, text)}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .lines = {"answer"}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::template_answers_for_one_name
