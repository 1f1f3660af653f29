// SPDX-License-Identifier: Apache-2.0
#include "go/text_template.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "go/quote.hpp"
#include "go/template_parser.hpp"

namespace corefile::go {
namespace templates {

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

void Parser::stop() {
  stopped_ = true;
  pending_.clear();
  lexer_ = TemplateLexer({});
}

void Parser::fail(const Item& at, std::string message, std::string says, std::string_view function) {
  if (stopped_) return;
  const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(std::min(at.at, text_.size())), '\n');
  fault_ = {at.at, at.text.size(), std::move(message), fmt::format("template: {}:{}: {}", name_, line, says), std::string(function)};
  stop();
}

void Parser::unexpected(const Item& item, std::string_view context) {
  if (item.kind == Token::error) {
    const std::string message =
        item.says == "unclosed action" ? "`{{` is never closed" : fmt::format("the template does not parse: {}", item.says);
    return fail(item, message, item.says);
  }
  if (item.kind == Token::end) return fail(item, "the template ends too early", fmt::format("unexpected EOF in {}", context));
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

std::optional<TemplateFault> Parser::run() {
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
    if (const auto found = text_or_action(empty)) {
      const std::string_view what = *found == Stop::end ? "end" : "else";
      fail(at, fmt::format("`{{{{{}}}}}` closes nothing", what), fmt::format("unexpected {{{{{}}}}}", what));
    }
  }
  record(name_, empty, Item(peek()));
  return std::move(fault_);
}

// Text and actions to an `end` or `else`.
Stop Parser::list(const Item& opener, std::string_view what, bool& empty) {
  const Level level(depth_, deepest);
  if (!level.fits()) stop();
  empty = true;
  while (peek_word().kind != Token::end) {
    if (const auto found = text_or_action(empty)) return *found;
  }
  fail(opener, fmt::format("`{}` lacks its `{{{{end}}}}`", what), "unexpected EOF");
  return Stop::end;
}

std::optional<Stop> Parser::text_or_action(bool& empty) {
  const Item item = next_word();
  if (item.kind == Token::text) {
    empty = empty && item.text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
    return {};
  }
  if (item.kind != Token::left) {
    unexpected(item, "input");
    return {};
  }
  const auto found = action(item);
  if (!found) empty = false;
  return found;
}

std::optional<Stop> Parser::action(const Item& left) {
  const Item word = next_word();
  if (word.kind == Token::keyword && word.text != "define") return keyword_action(word);
  if (word.kind == Token::right) {
    fail(left, "`{{` and `}}` hold nothing", "missing value for command");
    return {};
  }
  back(word);
  pipeline("command", Token::right);
  return {};
}

std::optional<Stop> Parser::keyword_action(const Item& keyword) {
  const std::string_view text = keyword.text;
  if (text == "end") {
    expect(Token::right, "end");
    return Stop::end;
  }
  if (text == "else") {
    const Item& behind = peek_word();
    if (!behind.keyword("if") && !behind.keyword("with")) expect(Token::right, "else");
    return Stop::otherwise;
  }
  if (text == "if" || text == "range" || text == "with") control(keyword);
  if (text == "block") inner_template(keyword, "block clause", true);
  if (text == "break" || text == "continue") jump(keyword);
  if (text == "template") call_template();
  return {};
}

void Parser::control(const Item& keyword) {
  const Level level(depth_, deepest);
  if (!level.fits()) return stop();
  const std::size_t known = scope_.variables.size();
  const bool loops = keyword.text == "range";
  bool empty = true;
  pipeline(keyword.text, Token::right);
  scope_.ranges += loops ? 1 : 0;
  const Stop found = list(keyword, keyword.text, empty);
  scope_.ranges -= loops ? 1 : 0;
  if (found == Stop::otherwise) {
    const Item& behind = peek();
    if (!loops && behind.keyword(keyword.text)) {
      control(next());
    } else if (list(keyword, keyword.text, empty) != Stop::end) {
      fail(keyword, fmt::format("`{}` has a second `{{{{else}}}}`", keyword.text), "expected end; found {{else}}");
    }
  }
  scope_.variables.resize(known);
}

bool Parser::is_name(const Item& name, std::string_view context) {
  if (name.kind != Token::string && name.kind != Token::raw_string) {
    unexpected(name, context);
  } else if (!unquotes(name.text)) {
    fail(name, fmt::format("`{}` is not a string of Go's", name.text), "invalid syntax");
  }
  return !stopped_;
}

void Parser::call_template() {
  if (!is_name(next_word(), "template clause")) return;
  if (peek_word().kind == Token::right) {
    next();
  } else {
    pipeline("template clause", Token::right);
  }
}

// `define` and `block`: a template of its own, where only `$` is known.
void Parser::inner_template(const Item& keyword, std::string_view context, bool with_pipeline) {
  const Item name = next_word();
  if (!is_name(name, context)) return;
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

}  // namespace templates

std::optional<TemplateFault> template_fault(std::string_view name, std::string_view text, std::span<const std::string_view> functions) {
  return templates::Parser(name, text, functions).run();
}

}  // namespace corefile::go
