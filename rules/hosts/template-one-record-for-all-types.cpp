// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"

namespace corefile::rules::template_one_record_for_all_types {
namespace {

/// The type of the record that the text writes out; a CNAME is right for all types.
std::string_view record_type(std::string_view text) {
  constexpr std::array<std::string_view, 8> types{"A", "AAAA", "MX", "TXT", "SRV", "PTR", "NS", "HTTPS"};
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (word == "CNAME" || word == "SOA") return {};
    if (std::find(types.begin(), types.end(), word) != types.end()) return word;
    at = end + 1;
  }
  return {};
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const Template& own = context.stanzas->template_of(directive);
  if (!own.known || own.type != "ANY" || own.cls == "CH") return;
  for (const Property line : own.lines) {
    if (line.name() == "expr" || line.name() == "ederror") return;
  }
  const auto answer = own.lines.find("answer");
  if (!answer || answer->arguments().size() != 1) return;
  const Word& record = answer->arguments().front();
  if (record.unknown || record.text.find(".Type") != std::string_view::npos || record.text.find("if ") != std::string_view::npos) return;
  const std::string_view type = record_type(record.text);
  if (type.empty()) return;
  const Word& any = directive.arguments()[1];
  Diagnostic& found = report.at(any, fmt::format("queries of every type are answered with an {} record", type));
  found.label = "MX, TXT, AAAA, … too";
  found.labels.push_back({directive.config->place(record), fmt::format("of type {}", type)});
  found.notes.push_back("a record of another type than was asked for is a wrong answer, and clients treat it as they like");
  found.help = fmt::format("write `{}` for the type", type);
  found.fixes.push_back({fmt::format("write `{}`", type), Safety::unsafe, {Fixer(*directive.config).replace(any, std::string(type))}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .lines = {"answer"}, .fixes = Fixes::always};

}  // namespace corefile::rules::template_one_record_for_all_types
