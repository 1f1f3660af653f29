// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/template.hpp"
#include "lint/zones.hpp"
#include "template_record.hpp"

namespace corefile::rules::template_answers_for_one_name {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const Template own = read_template(directive);
  if (!own.known || own.cls == "CH" || !takes_all(own)) return;
  const auto answer = own.lines.find("answer");
  if (!answer || answer->arguments().size() != 1) return;
  const Word& word = answer->arguments().front();
  const TemplateRecord record = read_record(word.text);
  if (word.unknown || !record.known || record.owner.find_first_of("{@*") != std::string_view::npos) return;
  Diagnostic& found = report.at(word, fmt::format("every answer is a record of `{}`, whatever name was asked for", record.owner));
  found.label = "a fixed name";
  found.notes.push_back("clients drop a record of another name than they asked for");
  found.help = "write `{{ .Name }}` for the record's name, or a `match` for the one name";
  if (word.text.starts_with(record.owner)) {
    std::string text(word.text);
    text.replace(0, record.owner.size(), "\"{{ .Name }}");
    text += '"';
    if (word.text.find('"') == std::string_view::npos && word.text.find('\\') == std::string_view::npos)
      found.fixes.push_back({"write `{{ .Name }}`", Safety::unsafe, {Fixer(*directive.config).replace(word, text)}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::template_answers_for_one_name
