// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "go/expr_parser.hpp"
#include "go/number.hpp"

namespace corefile::go::expr {
namespace {

bool is_scalar(Kind kind) noexcept {
  return kind == Kind::nil || kind == Kind::boolean || kind == Kind::integer || kind == Kind::floating || kind == Kind::string ||
         kind == Kind::function;
}

}  // namespace

Value Parser::primary() {
  const Item item = now();
  if (item.op("not") || item.op("!") || item.op("-") || item.op("+")) {
    next();
    const bool logical = item.text == "not" || item.text == "!";
    const Value operand = expression(logical ? 50 : since(Version::v1_12) ? 90 : 500);
    const auto kind = expr_unary(item.text, operand.type.kind);
    if (!kind) {
      refuse(item, fmt::format("`{}` cannot stand before {}", item.text, expr_type_name(operand.type.kind)),
             fmt::format("invalid operation: {} (mismatched type)", item.text));
    }
    return postfix(of(kind.value_or(Kind::unknown)));
  }
  if (item.bracket("(")) {
    next();
    Value value = sequence();
    expect_bracket(")");
    return postfix(value);
  }
  if (predicates_ > 0 && (item.op("#") || item.op("."))) {
    if (item.op("#")) {
      next();
      if (now().kind == Token::identifier && since(Version::v1_15)) next();
    }
    return postfix({});
  }
  if (item.op("::")) {
    next();
    const Item name = now();
    if (name.kind != Token::identifier) unexpected();
    next();
    return postfix(call(name, {}));
  }
  return secondary();
}

Value Parser::secondary() {
  const Item item = now();
  switch (item.kind) {
    case Token::identifier:
      next();
      if (item.text == "true" || item.text == "false") return of(Kind::boolean);
      if (item.text == "nil") return of(Kind::nil);
      return postfix(now().bracket("(") ? call(item, {}) : identifier(item));
    case Token::number:
      next();
      return number(item);
    case Token::string: {
      next();
      const Value value{{Kind::string, nullptr}, item.text};
      return since(Version::v1_16) ? postfix(value) : value;
    }
    case Token::bytes:
      next();
      return postfix({});
    default:
      break;
  }
  if (item.bracket("[")) return postfix(array());
  if (item.bracket("{")) return postfix(map());
  unexpected();
  return {};
}

Value Parser::number(const Item& item) {
  std::string digits(item.text);
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  const bool prefixed = digits.size() > 1 && digits[0] == '0' && std::string_view("xXoObB").find(digits[1]) != std::string_view::npos;
  if (prefixed) return of(Kind::integer);
  if (digits.find_first_of(".eE") != std::string::npos) {
    if (!parse_float(digits, 64)) {
      syntax(item, fmt::format("`{}` is not a number", item.text), fmt::format("invalid float literal: {}", item.text));
    }
    return of(Kind::floating);
  }
  if (!atoi(digits)) {
    syntax(item, fmt::format("`{}` is too large a number", item.text),
           fmt::format("invalid integer literal: strconv.ParseInt: parsing \"{}\": value out of range", item.text));
  }
  return of(Kind::integer);
}

Value Parser::identifier(const Item& name) {
  if (const ExprName* found = known(name.text)) return {found->type};
  if (name.text == "$env") return {};
  if (since(Version::v1_12) && is_expr_builtin(name.text, version_)) return {};
  if (!since(Version::v1_12) && now().op("?.")) return {};
  refuse(name, fmt::format("expressions know no name `{}`", name.text), fmt::format("unknown name {}", name.text)).unknown =
      std::string(name.text);
  return {};
}

Value Parser::call(const Item& name, std::vector<Value> before) {
  // 1.15 pipes into its own `type` though it is turned off.
  if (version_ == Version::v1_15 && !before.empty() && name.text == "type") {
    arguments(std::move(before));
    return of(Kind::string);
  }
  if (const ExprName* found = known(name.text)) return function_call(name, found->type, arguments(std::move(before)));
  if (const ExprPredicate* predicate = expr_predicate(name.text, version_)) return predicate_call(name, *predicate, std::move(before));
  if (const ExprBuiltin* builtin = expr_builtin(name.text, version_)) return builtin_call(name, *builtin, arguments(std::move(before)));
  arguments(std::move(before));
  refuse(name, fmt::format("expressions know no function `{}`", name.text), fmt::format("unknown name {}", name.text)).unknown =
      std::string(name.text);
  return {};
}

Value Parser::predicate_call(const Item& name, const ExprPredicate& found, std::vector<Value> given) {
  expect_bracket("(");
  const bool piped = !given.empty();
  if (!piped) given.push_back(expression(0));
  if (!found.optional || !now().bracket(")")) {
    if (!piped) expect_op(",");
    predicate();
  }
  if (found.third && !now().bracket(")")) {
    expect_op(",");
    expression(0);
  }
  if (now().op(",")) next();
  expect_bracket(")");
  const Kind kind = given.front().type.kind;
  if (is_scalar(kind) || kind == Kind::map) {
    refuse(name, fmt::format("`{}` goes over lists, and this is {}", name.text, expr_type_name(kind)),
           fmt::format("builtin {} takes only array", name.text));
  }
  return of(found.result);
}

Value Parser::builtin_call(const Item& name, const ExprBuiltin& builtin, const std::vector<Value>& given) {
  if (given.size() < builtin.min || given.size() > builtin.max) {
    refuse(name, fmt::format("`{}` has {} arguments", name.text, given.empty() ? "no" : std::to_string(given.size())),
           given.size() < builtin.min ? fmt::format("not enough arguments to call {}", name.text)
                                      : fmt::format("too many arguments to call {}", name.text));
    return of(builtin.result);
  }
  if (given.empty()) return of(builtin.result);
  const Kind first = given.front().type.kind;
  const bool number = first == Kind::integer || first == Kind::floating;
  const bool bad = (builtin.text_first && is_scalar(first) && first != Kind::string && first != Kind::nil) ||
                   (name.text == "len" && (number || first == Kind::boolean || first == Kind::function)) ||
                   ((name.text == "int" || name.text == "float") && (first == Kind::boolean || first == Kind::function));
  if (bad) {
    ExprFault& fault = refuse(name, fmt::format("`{}` does not take {}", name.text, expr_type_name(first)),
                              fmt::format("invalid argument for {}", name.text));
    if (given.front().type.function != nullptr) fault.help = fmt::format("call the function: `{}()`", given.front().type.function->name);
  }
  return of(builtin.result);
}

Value Parser::function_call(const Item& name, const ExprType& callee, const std::vector<Value>& given) {
  if (callee.kind == Kind::unknown) return {};
  if (callee.function == nullptr) {
    if (callee.kind != Kind::function) {
      refuse(name, fmt::format("`{}` is {}, and no function", name.text, expr_type_name(callee.kind)),
             fmt::format("{} is not callable", name.text));
    }
    return {};
  }
  const ExprFunction& function = *callee.function;
  if (given.size() != function.count) {
    refuse(name,
           fmt::format("`{}` takes {}, not {}", name.text,
                       function.count == 0 ? "no argument" : fmt::format("{} arguments", function.count), given.size()),
           fmt::format("{} arguments to call {}", given.size() > function.count ? "too many" : "not enough", name.text));
    return of(function.result);
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Kind want = function.parameters[i];
    const Kind have = given[i].type.kind;
    // Before 1.13 whole numbers and arithmetic went for any type.
    const bool lax = !since(Version::v1_13) && (have == Kind::integer || have == Kind::floating);
    if (want == Kind::unknown || have == Kind::unknown || have == Kind::nil || have == want || lax) continue;
    const Item at{name.kind, given[i].text.empty() ? name.at : given[i].at, given[i].text.empty() ? name.text : given[i].text};
    ExprFault& fault = refuse(at, fmt::format("`{}` takes {} there, not {}", name.text, expr_type_name(want), expr_type_name(have)),
                              fmt::format("cannot use argument to call {}", name.text));
    if (given[i].type.function != nullptr) fault.help = fmt::format("call the function: `{}()`", given[i].type.function->name);
  }
  return of(function.result);
}

std::vector<Value> Parser::arguments(std::vector<Value> values) {
  expect_bracket("(");
  for (bool first = true; !stopped_ && !now().bracket(")"); first = false) {
    if (!first) expect_op(",");
    if (now().bracket(")")) break;
    const std::size_t begin = now().at;
    Value& value = values.emplace_back(expression(0));
    if (stopped_) break;
    value.at = begin;
    value.text = text_.substr(begin, items_[at_ - 1].at + items_[at_ - 1].text.size() - begin);
  }
  expect_bracket(")");
  return values;
}

void Parser::predicate() {
  const bool braced = now().bracket("{");
  if (!braced && !since(Version::v1_12)) unexpected();
  if (braced) next();
  ++predicates_;
  braced ? sequence() : expression(0);
  --predicates_;
  if (braced) expect_bracket("}");
}

Value Parser::array() {
  next();
  for (bool first = true; !stopped_ && !now().bracket("]"); first = false) {
    if (!first) {
      expect_op(",");
      if (now().bracket("]")) break;
    }
    expression(0);
  }
  expect_bracket("]");
  return of(Kind::array);
}

Value Parser::map() {
  next();
  for (bool first = true; !stopped_ && !now().bracket("}"); first = false) {
    if (!first) {
      expect_op(",");
      if (now().bracket("}")) break;
    }
    if (now().kind == Token::number || now().kind == Token::string || now().kind == Token::identifier) {
      next();
    } else if (now().bracket("(")) {
      expression(0);
    } else {
      unexpected();
    }
    expect_op(":");
    expression(0);
  }
  expect_bracket("}");
  return of(Kind::map);
}

Value Parser::postfix(Value value) {
  for (;;) {
    if (now().op(".") || now().op("?.")) {
      const bool optional = now().op("?.");
      next();
      value = optional && since(Version::v1_16) && now().bracket("[") ? index(value) : member(value, optional);
    } else if (now().bracket("[")) {
      value = index(value);
    } else {
      return value;
    }
  }
}

Value Parser::member(const Value& base, bool optional) {
  const Item name = now();
  const bool word = name.kind == Token::identifier || (name.kind == Token::op && is_expr_keyword(name.text));
  next();
  if (!word) syntax(name, "a name is missing behind the dot", "expected name");
  if (now().bracket("(")) arguments({});
  const bool lax = optional && !since(Version::v1_12);
  if (!lax && (is_scalar(base.type.kind) || base.type.kind == Kind::array)) {
    refuse(name, fmt::format("{} has no `{}`", expr_type_name(base.type.kind), name.text), fmt::format("type has no field {}", name.text));
  }
  return {};
}

// `[i]`, `[from:to]`.
Value Parser::index(const Value& base) {
  const Item at = now();
  next();
  bool slice = now().op(":");
  const auto whole = [&](const Value& value) {
    const Kind kind = value.type.kind;
    if (kind == Kind::integer || kind == Kind::unknown) return;
    refuse(at, fmt::format("{} is not a place in a list", expr_type_name(kind)), "non-integer slice index");
  };
  if (!slice) {
    const Value from = expression(0);
    slice = now().op(":");
    if (slice) whole(from);
  }
  if (slice) {
    next();
    if (!now().bracket("]")) whole(expression(0));
  }
  expect_bracket("]");
  const Kind kind = base.type.kind;
  if (is_scalar(kind) && !(slice && kind == Kind::string)) {
    refuse(at, fmt::format("{} has no parts", expr_type_name(kind)), slice ? "cannot slice" : "type is undefined");
  }
  return slice && kind == Kind::string ? of(Kind::string) : Value{};
}

}  // namespace corefile::go::expr
