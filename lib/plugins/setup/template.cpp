// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "go/text_template.hpp"
#include "plugins/setup/expression.hpp"

namespace corefile::plugins::setup {
namespace {

constexpr std::string_view head_words = "CLASS TYPE [ZONES...]";
// Names are looked for one by one: what sets more goes unchecked.
constexpr std::size_t most_names = 1000;

bool read_head(Reader& reader, const Word& name) {
  for (const Kind kind : {Kind::qclass, Kind::qtype}) {
    if (!reader.next_arg()) {
      reader.wrong_count(name, kind == Kind::qclass ? 0 : 1, head_words);
      return false;
    }
    Type type;
    type.kind = kind;
    reader.check(type, reader.word(), name);
  }
  reader.remaining_args();
  return true;
}

std::string function_help(Reader& reader, std::string_view function) {
  if (function == "parseInt") return "`parseInt` came in CoreDNS 1.10.0";
  const auto known = go::template_functions();
  std::vector<std::string_view> names(known.begin(), known.end());
  if (reader.since(1, 10, 0)) names.push_back("parseInt");
  if (const std::string_view meant = nearest(function, names); !meant.empty()) return fmt::format("did you mean `{}`?", meant);
  if (ascii::is_upper(function.front())) return fmt::format("fields begin with a dot: `.{}`", function);
  return reader.since(1, 10, 0) ? "known are Go's own functions, such as `index`, `printf` and `slice`, and `parseInt`"
                                : "known are Go's own functions, such as `index`, `printf` and `slice`";
}

// template.go, newTemplate, from 1.10.0; plain text/template before.
void check_record(Reader& reader, const Word& name, const Word& record) {
  if (record.unknown) return reader.depends();
  static constexpr std::array<std::string_view, 1> added{"parseInt"};
  const std::span<const std::string_view> functions = reader.since(1, 10, 0) ? added : std::span<const std::string_view>{};
  const auto fault = go::template_fault(name.text, record.text, functions);
  if (!fault) return;
  Problem& made = reader.invalid(record, fault->message, fmt::format("could not compile template: {}, {}", reader.val(), fault->says));
  made.place = expression::part(reader.config(), record, fault->at, fault->size);
  if (!fault->function.empty()) made.help = function_help(reader, fault->function);
  // `answer {{ .Name }} 60 IN A …`: each word is a record of its own.
  if (fault->says.ends_with("unclosed action") && record.text == "{{") {
    made.help = fmt::format("write the record in quotes: `{} \"{{{{ .Name }}}} 60 IN A 192.0.2.1\"`", name.text);
  }
}

bool is_variable_name(std::string_view text) {
  const auto letter = [](char c) { return c == '_' || ascii::is_letter(c); };
  return !text.empty() && letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || ascii::is_digit(c); });
}

void tell_pattern(Problem& fault) {
  if (fault.says.starts_with("error parsing regexp")) fault.says = fmt::format("could not parse regex: {}, {}", fault.subject, fault.says);
}

// `var NAME EXPRESSION`: the expressions behind it know the name.
void read_variable(Reader& reader, std::vector<go::ExprName>& names) {
  const Word property = reader.word();
  const auto words = reader.remaining_args();
  if (words.size() < 2) {
    reader.wrong_count(property, words.size(), "a name and an expression");
    return;
  }
  if (names.size() >= most_names) return;
  const Word& name = words.front();
  const auto known = [&](const go::ExprName& entry) { return entry.name == name.text; };
  if (name.unknown) {
    reader.depends();
  } else if (!is_variable_name(name.text)) {
    reader.invalid(name, fmt::format("`{}` is not a name of a variable", name.text), fmt::format("invalid variable name \"{}\"", name.text))
        .help = "a name holds letters, digits and `_`, and begins with no digit";
  } else if (std::any_of(names.begin(), names.end(), known) || go::is_expr_keyword(name.text) ||
             go::is_expr_builtin(name.text, expression::version(reader.release()))) {
    reader.invalid(name, fmt::format("`{}` is a name already", name.text), fmt::format("variable name \"{}\" is reserved", name.text));
  } else {
    const auto type = expression::check(reader, words.subspan(1), names, fmt::format("could not compile expression: {}, ", name.text));
    names.push_back({name.text, type});
  }
}

void read_expression(Reader& reader, std::span<const go::ExprName> names) {
  const Word property = reader.word();
  const auto words = reader.remaining_args();
  if (words.empty()) {
    reader.wrong_count(property, 0, "an expression");
  } else if (names.size() < most_names) {
    expression::check(reader, words, names, "could not compile expression: ");
  }
}

}  // namespace

void template_record(Reader& reader) {
  const Word name = reader.word();
  const auto records = reader.remaining_args();
  if (records.empty()) reader.wrong_count(name, 0, "at least 1 argument");
  for (const Word& record : records) check_record(reader, name, record);
}

void template_stanzas(Reader& reader) {
  while (reader.next()) {
    const Word name = reader.word();
    if (!read_head(reader, name)) return;
    bool answers = false;
    bool coded = false;
    std::vector<go::ExprName> names = expression::environment(true);
    reader.new_block();
    while (reader.next_block()) {
      const Property* property = reader.property();
      if (property == nullptr) {
        answers = answers || reader.word().unknown;
        reader.unknown_property();
        continue;
      }
      if (property->name == "var") {
        read_variable(reader, names);
      } else if (property->name == "expr") {
        read_expression(reader, names);
      } else {
        const std::size_t before = reader.faults().size();
        reader.read_property(*property);
        for (std::size_t i = before; property->name == "match" && i < reader.faults().size(); ++i) tell_pattern(reader.faults()[i]);
      }
      answers = answers || property->name == "answer" || property->name == "authority";
      if (property->name == "rcode") coded = reader.val() != "NOERROR";
    }
    // Until 1.5.0, setup.go, templateParse.
    if (!answers && !coded && !reader.failed() && !reader.since(1, 5, 1)) {
      reader.fail(ProblemKind::conflict, name, "`template` has nothing to answer", {}).help = "add `answer`, `authority` or `rcode`";
    }
  }
}

}  // namespace corefile::plugins::setup
