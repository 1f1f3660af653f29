// SPDX-License-Identifier: Apache-2.0
#include "go/text_template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "go/depth.hpp"
#include "go/quote.hpp"
#include "go/template_lexer.hpp"

namespace corefile::go {
namespace {

using Token = TemplateToken;
using Item = TemplateItem;

// What is nested deeper is taken as it is. Go's own bound is 10000.
constexpr int deepest = 500;
// Variables are looked for one by one: of more at once all pass for known.
constexpr std::size_t most_variables = 1000;

enum class Stop : std::uint8_t { end, otherwise };

constexpr std::array<std::string_view, 19> builtins{"and", "call", "eq",  "ge", "gt",    "html",   "index",   "js",    "le",      "len",
                                                    "lt",  "ne",   "not", "or", "print", "printf", "println", "slice", "urlquery"};

class Parser {
 public:
  Parser(std::string_view name, std::string_view text, std::span<const std::string_view> functions)
      : name_(name), text_(text), lexer_(text), functions_(functions) {}

  void parse();

 private:
  struct Scope {
    std::vector<std::string_view> variables{"$"};
    int ranges = 0;
  };

  Item next();
  void back(Item item) { pending_.push_back(std::move(item)); }
  const Item& peek();
  Item next_word();
  const Item& peek_word();

  [[noreturn]] void fail(const Item& at, std::string message, std::string says, std::string_view function = {});
  [[noreturn]] void unexpected(const Item& item, std::string_view context);
  Item expect(Token kind, std::string_view context);
  void record(std::string_view template_name, bool empty, const Item& at);

  Stop list(const Item& opener, std::string_view what, bool& empty);
  std::optional<Stop> text_or_action(bool& empty);
  std::optional<Stop> action(const Item& left);
  void control(const Item& keyword);
  void inner_template(const Item& keyword, std::string_view context, bool with_pipeline);
  void jump(const Item& keyword);
  void pipeline(std::string_view context, Token end);
  void declarations(std::string_view context);
  Token command();
  std::optional<Token> operand();
  std::optional<Token> term();

  std::string_view name_;
  std::string_view text_;
  TemplateLexer lexer_;
  std::span<const std::string_view> functions_;
  std::vector<Item> pending_;
  Scope scope_;
  std::map<std::string, bool, std::less<>> defined_;  // and whether it is empty
  int depth_ = 0;
};

Item Parser::next() {
  if (pending_.empty()) return lexer_.next();
  Item item = std::move(pending_.back());
  pending_.pop_back();
  return item;
}

const Item& Parser::peek() {
  if (pending_.empty()) pending_.push_back(lexer_.next());
  return pending_.back();
}

Item Parser::next_word() {
  Item item = next();
  while (item.kind == Token::space) item = next();
  return item;
}

const Item& Parser::peek_word() {
  back(next_word());
  return pending_.back();
}

void Parser::fail(const Item& at, std::string message, std::string says, std::string_view function) {
  const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(std::min(at.at, text_.size())), '\n');
  throw TemplateFault{at.at, at.text.size(), std::move(message), fmt::format("template: {}:{}: {}", name_, line, says),
                      std::string(function)};
}

void Parser::unexpected(const Item& item, std::string_view context) {
  if (item.kind == Token::error) {
    const std::string message =
        item.says == "unclosed action" ? "`{{` is never closed" : fmt::format("the template does not parse: {}", item.says);
    fail(item, message, item.says);
  }
  if (item.kind == Token::end) fail(item, "the template ends too early", fmt::format("unexpected EOF in {}", context));
  const std::string shown = item.kind == Token::keyword || item.kind == Token::dot ? fmt::format("<{}>", item.text)
                            : item.text.size() > 10                                ? fmt::format("\"{}\"...", item.text.substr(0, 10))
                                                                                   : fmt::format("\"{}\"", item.text);
  fail(item, fmt::format("`{}` is out of place in the template", item.text), fmt::format("unexpected {} in {}", shown, context));
}

Item Parser::expect(Token kind, std::string_view context) {
  Item item = next_word();
  if (item.kind != kind) unexpected(item, context);
  return item;
}

void Parser::record(std::string_view template_name, bool empty, const Item& at) {
  const auto [found, fresh] = defined_.try_emplace(std::string(template_name), empty);
  if (fresh) return;
  if (found->second) {
    found->second = empty;
  } else if (!empty) {
    fail(at, fmt::format("the template `{}` is defined twice", template_name),
         fmt::format("template: multiple definition of template \"{}\"", template_name));
  }
}

void Parser::parse() {
  bool empty = true;
  while (peek().kind != Token::end) {
    if (peek().kind == Token::left) {
      Item left = next();
      Item word = next_word();
      if (word.keyword("define")) {
        inner_template(word, "define clause", false);
        continue;
      }
      back(std::move(word));
      back(std::move(left));
    }
    const Item at = peek_word();
    if (const auto stop = text_or_action(empty)) {
      const std::string_view what = *stop == Stop::end ? "end" : "else";
      fail(at, fmt::format("`{{{{{}}}}}` closes nothing", what), fmt::format("unexpected {{{{{}}}}}", what));
    }
  }
  record(name_, empty, peek());
}

// Text and actions to an `end` or `else`.
Stop Parser::list(const Item& opener, std::string_view what, bool& empty) {
  const Level level(depth_, deepest);
  empty = true;
  while (peek_word().kind != Token::end) {
    if (const auto stop = text_or_action(empty)) return *stop;
  }
  fail(opener, fmt::format("`{}` lacks its `{{{{end}}}}`", what), "unexpected EOF");
}

std::optional<Stop> Parser::text_or_action(bool& empty) {
  const Item item = next_word();
  if (item.kind == Token::text) {
    empty = empty && item.text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
    return {};
  }
  if (item.kind != Token::left) unexpected(item, "input");
  const auto stop = action(item);
  if (!stop) empty = false;
  return stop;
}

std::optional<Stop> Parser::action(const Item& left) {
  const Item word = next_word();
  if (word.kind == Token::keyword) {
    if (word.text == "if" || word.text == "range" || word.text == "with") return control(word), std::nullopt;
    if (word.text == "block") return inner_template(word, "block clause", true), std::nullopt;
    if (word.text == "break" || word.text == "continue") return jump(word), std::nullopt;
    if (word.text == "end") return expect(Token::right, "end"), Stop::end;
    if (word.text == "else") {
      const Item& behind = peek_word();
      if (!behind.keyword("if") && !behind.keyword("with")) expect(Token::right, "else");
      return Stop::otherwise;
    }
    if (word.text == "template") {
      const Item name = next_word();
      if (name.kind != Token::string && name.kind != Token::raw_string) unexpected(name, "template clause");
      if (!unquotes(name.text)) fail(name, fmt::format("`{}` is no string of Go's", name.text), "invalid syntax");
      if (peek_word().kind == Token::right) return next(), std::nullopt;
      return pipeline("template clause", Token::right), std::nullopt;
    }
  }
  if (word.kind == Token::right) fail(left, "`{{` and `}}` hold nothing", "missing value for command");
  back(word);
  pipeline("command", Token::right);
  return {};
}

void Parser::control(const Item& keyword) {
  const Level level(depth_, deepest);
  const std::size_t known = scope_.variables.size();
  const bool loops = keyword.text == "range";
  bool empty = true;
  pipeline(keyword.text, Token::right);
  scope_.ranges += loops ? 1 : 0;
  const Stop stop = list(keyword, keyword.text, empty);
  scope_.ranges -= loops ? 1 : 0;
  if (stop == Stop::otherwise) {
    const Item& behind = peek();
    if (!loops && behind.keyword(keyword.text)) {
      control(next());
    } else if (list(keyword, keyword.text, empty) != Stop::end) {
      fail(keyword, fmt::format("`{}` has a second `{{{{else}}}}`", keyword.text), "expected end; found {{else}}");
    }
  }
  scope_.variables.resize(known);
}

// `define` and `block`: a template of its own, where only `$` is known.
void Parser::inner_template(const Item& keyword, std::string_view context, bool with_pipeline) {
  const Item name = next_word();
  if (name.kind != Token::string && name.kind != Token::raw_string) unexpected(name, context);
  if (!unquotes(name.text)) fail(name, fmt::format("`{}` is no string of Go's", name.text), "invalid syntax");
  if (with_pipeline) {
    pipeline(context, Token::right);
  } else {
    expect(Token::right, context);
  }
  Scope outer;
  std::swap(outer, scope_);
  bool empty = true;
  if (list(keyword, keyword.text, empty) != Stop::end) {
    fail(keyword, fmt::format("`{}` has an `{{{{else}}}}`", keyword.text), fmt::format("unexpected {{{{else}}}} in {}", context));
  }
  std::swap(outer, scope_);
  // A name with escapes is another name than it looks: left alone.
  if (name.text.find('\\') == std::string_view::npos) record(name.text.substr(1, name.text.size() - 2), empty, name);
}

void Parser::jump(const Item& keyword) {
  expect(Token::right, fmt::format("{{{{{}}}}}", keyword.text));
  if (scope_.ranges == 0) {
    fail(keyword, fmt::format("`{}` stands outside `range`", keyword.text), fmt::format("{{{{{}}}}} outside {{{{range}}}}", keyword.text));
  }
}

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
      fail(variable, fmt::format("`{}` declares too many variables", context), fmt::format("too many declarations in {}", context));
    }
    const Token kind = peek_word().kind;
    if (kind != Token::variable && kind != Token::right && kind != Token::close) {
      fail(variable, "`range` can only set variables", "range can only initialize variables");
    }
  }
}

void Parser::pipeline(std::string_view context, Token end) {
  const Level level(depth_, deepest);
  declarations(context);
  for (int stage = 1;; ++stage) {
    const Item item = next_word();
    if (item.kind == end) {
      if (stage == 1) fail(item, fmt::format("`{}` has no value", context), fmt::format("missing value for {}", context));
      return;
    }
    switch (item.kind) {
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
        break;
      default:
        unexpected(item, context);
    }
    back(item);
    const Token first = command();
    if (stage > 1 &&
        (first == Token::boolean || first == Token::dot || first == Token::nil || first == Token::number || first == Token::string)) {
      fail(item, fmt::format("`{}` behind `|` is no function", item.text),
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
    return *first;
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

std::optional<Token> Parser::term() {
  Item item = next_word();
  switch (item.kind) {
    case Token::identifier: {
      const auto known = [&](auto& names) { return std::find(names.begin(), names.end(), item.text) != names.end(); };
      if (known(builtins) || known(functions_)) return item.kind;
      fail(item, fmt::format("templates know no function `{}`", item.text), fmt::format("function \"{}\" not defined", item.text),
           item.text);
    }
    case Token::variable:
      if (scope_.variables.size() > most_variables) return item.kind;
      if (std::find(scope_.variables.begin(), scope_.variables.end(), item.text) != scope_.variables.end()) return item.kind;
      fail(item, fmt::format("the variable `{}` is not set before", item.text), fmt::format("undefined variable \"{}\"", item.text));
    case Token::char_constant:
      if (unquotes(item.text)) return Token::number;
      fail(item, fmt::format("`{}` is no single character, and strings stand in double quotes", item.text),
           fmt::format("malformed character constant: {}", item.text));
    case Token::complex:
      return Token::number;
    case Token::number:
      if (is_template_number(item.text)) return Token::number;
      fail(item, fmt::format("`{}` is no number", item.text), fmt::format("illegal number syntax: \"{}\"", item.text));
    case Token::string:
    case Token::raw_string:
      if (unquotes(item.text)) return Token::string;
      fail(item, fmt::format("`{}` holds an escape that Go does not know", item.text), "invalid syntax");
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

}  // namespace

std::optional<TemplateFault> template_fault(std::string_view name, std::string_view text, std::span<const std::string_view> functions) {
  try {
    Parser(name, text, functions).parse();
  } catch (TemplateFault& fault) {
    return std::move(fault);
  } catch (const TooDeep&) {
  }
  return {};
}

std::span<const std::string_view> template_functions() noexcept { return builtins; }

}  // namespace corefile::go
