// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "go/expr.hpp"
#include "go/regexp_syntax.hpp"
#include "go/text_template.hpp"

namespace go = corefile::go;

namespace {

struct Case {
  std::string_view text;
  std::string_view says;  ///< empty: it parses
};

std::string refused(std::string_view text) {
  static constexpr std::array<std::string_view, 1> functions{"parseInt"};
  const auto fault = go::template_fault("answer", text, functions);
  return fault ? fault->says : "";
}

constexpr go::ExprFunction name{"name", go::ExprKind::string};
constexpr go::ExprFunction size{"size", go::ExprKind::integer};
constexpr go::ExprFunction incidr{"incidr", go::ExprKind::boolean, 2, {go::ExprKind::string, go::ExprKind::string}};
constexpr std::array names{go::ExprName{"name", {go::ExprKind::function, &name}}, go::ExprName{"size", {go::ExprKind::function, &size}},
                           go::ExprName{"incidr", {go::ExprKind::function, &incidr}}};

std::string refused(std::string_view text, go::ExprVersion version) {
  const auto fault = go::check_expr(text, names, version).fault;
  return fault ? fault->says : "";
}

}  // namespace

TEST_CASE("templates are parsed as Go's text/template does") {
  static constexpr Case cases[] = {
      {"{{ .Name }} 60 IN A 10.0.0.1", ""},
      {"{{- /* silent */ -}} {{ $x := index .Match 1 }}{{ $x | printf \"%s\" }}", ""},
      {"{{ if eq .Type \"A\" }}a{{ else if .Zone }}b{{ else }}c{{ end }}", ""},
      {"{{ range $i, $m := .Match }}{{ break }}{{ end }}", ""},
      {"{{ parseInt .Group.a 16 8 }}", ""},
      {"{{ .Name", "template: answer:1: unclosed action"},
      {"{{ }}", "template: answer:1: missing value for command"},
      {"{{ name }}", "template: answer:1: function \"name\" not defined"},
      {"{{ $x }}", "template: answer:1: undefined variable \"$x\""},
      {"{{ eq .Type 'AAAA' }}", "template: answer:1: malformed character constant: 'AAAA'"},
      {"{{ eq .Type \"A }}", "template: answer:1: unterminated quoted string"},
      {"{{ eq .Type \xE2\x80\x9C"
       "A\" }}",
       "template: answer:1: unrecognized character in action: U+201C '\xE2\x80\x9C'"},
      {"{{ if .Name }}a", "template: answer:1: unexpected EOF"},
      {"a{{ end }}", "template: answer:1: unexpected {{end}}"},
      {"{{ break }}", "template: answer:1: {{break}} outside {{range}}"},
      {"{{ (index .Match 1 }}", "template: answer:1: unclosed left paren"},
      {"{{ .Name | \"x\" }}", "template: answer:1: non executable command in pipeline stage 2"},
      {"{{ 1.Name }}", "template: answer:1: bad number syntax: \"1.N\""},
  };
  for (const Case& example : cases) CHECK_MESSAGE(refused(example.text) == example.says, example.text);
}

TEST_CASE("expressions are read and typed as expr does") {
  static constexpr Case cases[] = {
      {"name() == 'example.org.' && size() > 512", ""},
      {"incidr('10.0.0.1', '10.0.0.0/8') ? true : not false", ""},
      {"any(split(name(), '.'), # == 'www')", ""},
      {"let n = name(); n not in ['a.', 'b.']", ""},
      {"if size() > 512 { true } else { false }", ""},
      {"name() ==", "unexpected token EOF"},
      {"name() == 'a' extra", "unexpected token Identifier(\"extra\")"},
      {"nam() == 'a'", "unknown name nam"},
      {"name == 'a'", "invalid operation: == (mismatched types)"},
      {"size() == '512'", "invalid operation: == (mismatched types)"},
      {"incidr('10.0.0.1')", "not enough arguments to call incidr"},
      {"name() matches '^a\\.b'", "invalid char escape"},
      {"name() matches '('", "error parsing regexp: missing closing ): `(`"},
      {"name() == 'a", "literal not terminated"},
      {"size() < 5s", "bad number syntax: \"5s\""},
      {"size() < 1e308", ""},
      {"size() < 1e309", "invalid float literal: 1e309"},
      {"size() < 1e-400", ""},
  };
  for (const Case& example : cases) CHECK_MESSAGE(refused(example.text, go::ExprVersion::v1_17_8) == example.says, example.text);
}

TEST_CASE("regular expressions are read as Go does") {
  static constexpr Case cases[] = {
      {"^([a-z0-9-]+)\\.example\\.org\\.$", ""},
      {"a|*", "missing argument to repetition operator: `*`"},
      {"a**", "invalid nested repetition operator: `**`"},
      {"a*(?i)*", ""},
      {"^*", ""},
      {"a{1001}", "invalid repeat count: `{1001}`"},
      {"(a{40}){25}", ""},
      {"(a{40}){26}", "invalid repeat count: `{26}`"},
      {"(a{1000}){0}", ""},
      {"a{2", ""},
      {"\\pL{1,1000}", ""},
      {"\\p{Script_of_a_newer_Unicode}", ""},
      {"\\pX", "invalid character class range: `\\pX`"},
      {"[[:foo:]]", "invalid character class range: `[:foo:]`"},
      {"[z-a]", "invalid character class range: `z-a`"},
      {"[]a]", ""},
      {"[a", "missing closing ]: `[a`"},
      {"(a", "missing closing ): `(a`"},
      {"a)", "unexpected ): `a)`"},
      {"(?=a)", "invalid or unsupported Perl syntax: `(?=`"},
      {"(?P<n->a)", "invalid named capture: `(?P<n->`"},
      {"(?<n>a)(?P<n>b)", ""},
      {"\\Q(*\\E", ""},
      {"\\1", "invalid escape sequence: `\\1`"},
      {"\\12\\x{10FFFF}\\_", ""},
      {"\\x{110000}", "invalid escape sequence: `\\x{110000`"},
      {"\\C", "invalid escape sequence: `\\C`"},
      {"a\\", "trailing backslash at end of expression: ``"},
      {"a\xFFz", "invalid UTF-8: `\xFFz`"},
  };
  for (const Case& example : cases) CHECK_MESSAGE(go::read_regexp(example.text).error == example.says, example.text);
  CHECK(go::read_regexp("(a)(?:b)(?P<n>[(])\\((c)").groups == 3);
}

TEST_CASE("what is nested too deep to be read is taken as it is") {
  CHECK(refused(std::string(240, '(') + "nam" + std::string(240, ')'), go::ExprVersion::v1_17_8) == "unknown name nam");
  CHECK(refused(std::string(260, '(') + "nam", go::ExprVersion::v1_17_8).empty());
  const auto nested = [](std::size_t depth) { return "{{ " + std::string(depth, '(') + " name " + std::string(depth, ')') + " }}"; };
  CHECK(refused(nested(490)) == "template: answer:1: function \"name\" not defined");
  CHECK(refused(nested(510)).empty());
}

TEST_CASE("older versions of expr read less") {
  CHECK(refused("lower(name()) == 'a'", go::ExprVersion::v1_13) == "unknown name lower");
  CHECK(refused("lower(name()) == 'a'", go::ExprVersion::v1_15).empty());
  CHECK(refused("name() ?? 'a'", go::ExprVersion::v1_9) == "unexpected token Operator(\"?\")");
  CHECK(refused("let n = name(); n == 'a'", go::ExprVersion::v1_13) == "unrecognized character: ';'");
  CHECK(refused("1 < size() < 5", go::ExprVersion::v1_15) == "invalid operation: < (mismatched types)");
  CHECK(refused("1 < size() < 5", go::ExprVersion::v1_16).empty());
  CHECK(refused("incidr(1, '10.0.0.0/8')", go::ExprVersion::v1_12).empty());
  CHECK(refused("incidr(1, '10.0.0.0/8')", go::ExprVersion::v1_13) == "cannot use argument to call incidr");
}
