// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "go/quote.hpp"
#include "go/template_parser.hpp"

namespace corefile::go {
namespace templates {
namespace {

// Variables are looked for one by one: of more at once all pass for known.
constexpr std::size_t most_variables = 1000;

constexpr std::array<std::string_view, 19> builtins{"and", "call", "eq",  "ge", "gt",    "html",   "index",   "js",    "le",      "len",
                                                    "lt",  "ne",   "not", "or", "print", "printf", "println", "slice", "urlquery"};

bool has(std::span<const std::string_view> names, std::string_view name) noexcept {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool begins_command(Token kind) noexcept {
  switch (kind) {
    case Token::boolean:
    case Token::char_constant:
    case Token::complex:
    case Token::dot:
    case Token::field:
    case Token::identifier:
    case Token::number:
    case Token::nil:
    case Token::raw_string:
    case Token::string:
    case Token::variable:
    case Token::open:
      return true;
    default:
      return false;
  }
}

}  // namespace

// `$x :=`, `$x =`, and for `range` `$i, $x :=`.
void Parser::declarations(std::string_view context) {
  for (int count = 0; peek_word().kind == Token::variable;) {
    Item variable = next();
    Item behind = next();
    Item word = behind;
    while (word.kind == Token::space) word = next();
    const bool comma = word.kind == Token::character && word.text == ",";
    if (word.kind != Token::assign && word.kind != Token::declare && !comma) {
      if (behind.kind == Token::space) back(std::move(word));
      back(std::move(behind));
      back(std::move(variable));
      return;
    }
    scope_.variables.push_back(variable.text);
    if (!comma) return;
    if (context != "range" || ++count > 1) {
      return fail(variable, fmt::format("`{}` declares too many variables", context), fmt::format("too many declarations in {}", context));
    }
    const Token kind = peek_word().kind;
    if (kind != Token::variable && kind != Token::right && kind != Token::close) {
      fail(variable, "`range` can only set variables", "range can only initialize variables");
    }
  }
}

void Parser::pipeline(std::string_view context, Token end) {
  const Level level(depth_, deepest);
  if (!level.fits()) return stop();
  declarations(context);
  for (int stage = 1; !stopped_; ++stage) {
    const Item item = next_word();
    if (item.kind == end) {
      if (stage == 1) fail(item, fmt::format("`{}` has no value", context), fmt::format("missing value for {}", context));
      return;
    }
    if (!begins_command(item.kind)) return unexpected(item, context);
    back(item);
    const Token first = command();
    if (stage > 1 &&
        (first == Token::boolean || first == Token::dot || first == Token::nil || first == Token::number || first == Token::string)) {
      fail(item, fmt::format("`{}` behind `|` is not a function", item.text),
           fmt::format("non executable command in pipeline stage {}", stage));
    }
  }
}

// The kind of its first operand; all numbers are `number`, all strings `string`.
Token Parser::command() {
  std::optional<Token> first;
  for (;;) {
    const Item at = peek_word();
    const auto operand_kind = operand();
    if (!first) first = operand_kind;
    Item item = next();
    if (item.kind == Token::space) continue;
    if (item.kind == Token::right || item.kind == Token::close) {
      back(std::move(item));
    } else if (item.kind != Token::pipe) {
      unexpected(item, "operand");
    }
    if (!first) fail(at, "a command is empty", "empty command");
    return first.value_or(Token::error);
  }
}

std::optional<Token> Parser::operand() {
  const Item at = peek_word();
  const auto kind = term();
  if (!kind || peek().kind != Token::field) return kind;
  while (peek().kind == Token::field) next();
  if (*kind == Token::boolean || *kind == Token::string || *kind == Token::number || *kind == Token::nil || *kind == Token::dot) {
    fail(at, fmt::format("`{}` has no fields", at.text), fmt::format("unexpected . after term \"{}\"", at.text));
  }
  return *kind == Token::field || *kind == Token::variable ? *kind : Token::open;
}

bool Parser::knows_function(std::string_view name) const noexcept { return has(builtins, name) || has(functions_, name); }

bool Parser::knows_variable(std::string_view name) const noexcept {
  return scope_.variables.size() > most_variables || has(scope_.variables, name);
}

std::optional<Token> Parser::term() {
  Item item = next_word();
  switch (item.kind) {
    case Token::identifier:
      if (knows_function(item.text)) return item.kind;
      fail(item, fmt::format("templates know no function `{}`", item.text), fmt::format("function \"{}\" not defined", item.text),
           item.text);
      return {};
    case Token::variable:
      if (knows_variable(item.text)) return item.kind;
      fail(item, fmt::format("the variable `{}` is not set before", item.text), fmt::format("undefined variable \"{}\"", item.text));
      return {};
    case Token::char_constant:
      if (unquotes(item.text)) return Token::number;
      fail(item, fmt::format("`{}` is not a single character, and strings stand in double quotes", item.text),
           fmt::format("malformed character constant: {}", item.text));
      return {};
    case Token::number:
      if (is_template_number(item.text)) return Token::number;
      fail(item, fmt::format("`{}` is not a number", item.text), fmt::format("illegal number syntax: \"{}\"", item.text));
      return {};
    case Token::complex:
      return Token::number;
    case Token::string:
    case Token::raw_string:
      if (unquotes(item.text)) return Token::string;
      fail(item, fmt::format("`{}` holds an escape that Go does not know", item.text), "invalid syntax");
      return {};
    case Token::open:
      pipeline("parenthesized pipeline", Token::close);
      return Token::open;
    case Token::dot:
    case Token::nil:
    case Token::field:
    case Token::boolean:
      return item.kind;
    default:
      back(std::move(item));
      return {};
  }
}

}  // namespace templates

std::span<const std::string_view> template_functions() noexcept { return templates::builtins; }

}  // namespace corefile::go
