// SPDX-License-Identifier: Apache-2.0
#include "go/expr_run.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.hpp"
#include "go/depth.hpp"
#include "go/expr_lexer.hpp"
#include "go/number.hpp"
#include "go/regexp.hpp"

namespace corefile::go {
namespace {

using Kind = Value::Kind;
constexpr int deepest = 100;

struct Operator {
  std::string_view word;
  int precedence;
};
constexpr std::array operators{
    Operator{"|", 0},         Operator{"or", 10}, Operator{"||", 10},      Operator{"and", 15},      Operator{"&&", 15},
    Operator{"==", 20},       Operator{"!=", 20}, Operator{"<", 20},       Operator{">", 20},        Operator{">=", 20},
    Operator{"<=", 20},       Operator{"in", 20}, Operator{"matches", 20}, Operator{"contains", 20}, Operator{"startsWith", 20},
    Operator{"endsWith", 20}, Operator{"..", 25}, Operator{"+", 30},       Operator{"-", 30},        Operator{"*", 60},
    Operator{"/", 60},        Operator{"%", 60},  Operator{"**", 100},     Operator{"^", 100},       Operator{"??", 500}};

const Operator* operator_of(const ExprItem& item) {
  if (item.kind != ExprToken::op) return nullptr;
  const auto* const found = std::find_if(operators.begin(), operators.end(), [&](const Operator& one) { return one.word == item.text; });
  return found == operators.end() ? nullptr : found;
}

/// Walks over the words once. What must not be computed (the other side of `or`) is walked over all the same.
class Runner {
 public:
  Runner(std::string_view text, const ExprEnvironment& environment, ExprVersion version)
      : words_(lex_expr(text, version)), environment_(environment) {}

  ExprResult run() {
    Value value = words_.fault ? Value::unknown() : expression(0);
    if (now().kind != ExprToken::end) value = Value::unknown();
    if (beyond_) value = Value::unknown();
    return {std::move(value), failed_};
  }

 private:
  const ExprItem& now() const { return words_.items[at_]; }
  void next() {
    if (at_ + 1 < words_.items.size()) ++at_;
  }
  bool take_op(std::string_view word) {
    if (!now().op(word)) return false;
    next();
    return true;
  }
  bool take_bracket(std::string_view word) {
    if (!now().bracket(word)) return false;
    next();
    return true;
  }
  Value give_up() {
    beyond_ = true;
    at_ = words_.items.size() - 1;
    return Value::unknown();
  }
  Value fail() {
    failed_ = failed_ || !idle_;
    return {};
  }

  Value expression(int precedence);
  Value binary(const Value& left, const Operator& op, bool negated);
  Value compute(std::string_view op, const Value& left, const Value& right);
  Value compare(std::string_view op, const Value& left, const Value& right);
  Value primary();
  Value literal();
  Value named();
  Value array();
  Value postfix(Value value);
  std::vector<Value> arguments();

  ExprWords words_;
  const ExprEnvironment& environment_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool beyond_ = false;
  bool failed_ = false;
  bool idle_ = false;  // what is walked over counts not
};

Value Runner::expression(int precedence) {
  const Level level(depth_, deepest);
  if (!level.fits()) return give_up();
  Value left = primary();
  while (!beyond_) {
    bool negated = false;
    const std::size_t before = at_;
    if (now().op("not")) {
      next();
      negated = true;
    }
    const Operator* op = operator_of(now());
    if (op == nullptr || op->precedence < precedence || op->precedence == 0) {
      at_ = before;
      break;
    }
    next();
    left = binary(left, *op, negated);
  }
  if (precedence == 0 && take_op("?")) {
    const bool yes = left.is(Kind::boolean) && left.boolean;
    const bool was = idle_;
    idle_ = was || !yes;
    Value first = expression(0);
    if (!take_op(":")) return give_up();
    idle_ = was || yes;
    Value second = expression(0);
    idle_ = was;
    return left.is(Kind::unknown) ? Value::unknown() : yes ? first : second;
  }
  return left;
}

Value Runner::binary(const Value& left, const Operator& op, bool negated) {
  const bool was = idle_;
  const bool any = op.word == "or" || op.word == "||";
  const bool all = op.word == "and" || op.word == "&&";
  const bool decided = left.is(Kind::boolean) && ((any && left.boolean) || (all && !left.boolean));
  idle_ = was || decided;
  const bool right_binds = op.word == "**" || op.word == "^";
  const Value right = expression(op.precedence + (right_binds ? 0 : 1));
  idle_ = was;
  if (decided) return left;
  if (left.is(Kind::unknown) || right.is(Kind::unknown)) return Value::unknown();
  if (any || all) return right.is(Kind::boolean) && left.is(Kind::boolean) ? right : fail();
  Value value = compute(op.word, left, right);
  if (negated && value.is(Kind::boolean)) value.boolean = !value.boolean;
  return value;
}

Value Runner::compare(std::string_view op, const Value& left, const Value& right) {
  int order = 0;
  if (left.is_number() && right.is_number()) {
    order = left.number() < right.number() ? -1 : left.number() > right.number() ? 1 : 0;
  } else if (left.is(Kind::string) && right.is(Kind::string)) {
    order = left.text.compare(right.text);
  } else {
    return fail();
  }
  if (op == "<") return Value::of(order < 0);
  if (op == ">") return Value::of(order > 0);
  return Value::of(op == "<=" ? order <= 0 : order >= 0);
}

Value matches(std::string_view text, const Pattern& pattern) {
  return pattern.known() ? Value::of(pattern.matches(text)) : Value::unknown();
}

Value Runner::compute(std::string_view op, const Value& left, const Value& right) {
  const bool texts = left.is(Kind::string) && right.is(Kind::string);
  if (op == "==") return Value::of(left == right);
  if (op == "!=") return Value::of(!(left == right));
  if (op == "<" || op == ">" || op == "<=" || op == ">=") return compare(op, left, right);
  if (op == "??") return left.is(Kind::nil) ? right : left;
  if (op == "in") {
    if (right.is(Kind::list)) return Value::of(std::find(right.list.begin(), right.list.end(), left) != right.list.end());
    if (right.is(Kind::map) && left.is(Kind::string)) return Value::of(right.map.contains(left.text));
    return fail();
  }
  if (op == "matches") return texts ? matches(left.text, Pattern(right.text)) : fail();
  if (op == "contains") return texts ? Value::of(left.text.find(right.text) != std::string::npos) : fail();
  if (op == "startsWith") return texts ? Value::of(left.text.starts_with(right.text)) : fail();
  if (op == "endsWith") return texts ? Value::of(left.text.ends_with(right.text)) : fail();
  if (op == "+" && texts) return Value::of(left.text + right.text);
  if (!left.is_number() || !right.is_number()) return fail();
  const bool whole = left.is(Kind::integer) && right.is(Kind::integer);
  if (op == "/") return right.number() == 0 ? give_up() : Value::of(left.number() / right.number());
  if (op == "%") return !whole || right.integer == 0 ? fail() : Value::of(left.integer % right.integer);
  const double a = left.number(), b = right.number();
  constexpr double exact = 9007199254740992.0;  // integers are exact up to here
  const double result = op == "+" ? a + b : op == "-" ? a - b : op == "*" ? a * b : exact * 2;
  if (result > exact || result < -exact) return give_up();
  return whole ? Value::of(static_cast<std::int64_t>(result)) : Value::of(result);
}

Value Runner::primary() {
  const Level level(depth_, deepest);
  if (!level.fits()) return give_up();
  if (take_op("not") || take_op("!")) {
    const Value value = expression(50);
    return value.is(Kind::boolean) ? Value::of(!value.boolean) : value.is(Kind::unknown) ? value : fail();
  }
  if (take_op("-")) {
    Value value = expression(90);
    value.integer = -value.integer;
    value.floating = -value.floating;
    return value.is_number() ? value : give_up();
  }
  if (take_op("+")) return expression(90);
  if (take_bracket("(")) {
    Value value = expression(0);
    if (!take_bracket(")")) return give_up();
    return postfix(std::move(value));
  }
  if (now().bracket("[")) return postfix(array());
  return postfix(now().kind == ExprToken::identifier ? named() : literal());
}

Value Runner::literal() {
  const ExprItem item = now();
  next();
  if (item.kind == ExprToken::string) {
    std::optional<std::string> text = plain_expr_string(item.text);
    return text ? Value::of(std::move(*text)) : give_up();
  }
  if (item.kind == ExprToken::number) {
    if (const auto whole = atoi(item.text)) return Value::of(*whole);
    if (const auto real = parse_float(item.text, 64)) return Value::of(*real);
  }
  return give_up();
}

Value Runner::array() {
  next();
  Value value;
  value.kind = Kind::list;
  while (!beyond_ && !now().bracket("]")) {
    value.list.push_back(expression(0));
    if (!take_op(",")) break;
  }
  return take_bracket("]") ? value : give_up();
}

std::vector<Value> Runner::arguments() {
  std::vector<Value> values;
  while (!beyond_ && !now().bracket(")")) {
    values.push_back(expression(0));
    if (!take_op(",")) break;
  }
  if (!take_bracket(")")) give_up();
  return values;
}

/// The language's own functions, as far as people need them for names and addresses.
std::optional<Value> builtin(std::string_view name, const std::vector<Value>& given) {
  if (given.empty() || !given.front().is(Kind::string)) return {};
  const std::string& text = given.front().text;
  if (name == "len") return Value::of(static_cast<std::int64_t>(text.size()));
  if (name == "lower") return Value::of(ascii::to_lower(text));
  if (name == "upper") return Value::of(ascii::to_upper(text));
  if (name == "int" && given.size() == 1) {
    const auto number = atoi(text);
    return number ? std::optional(Value::of(*number)) : std::nullopt;
  }
  if (given.size() != 2 || !given[1].is(Kind::string)) return {};
  if (name == "hasPrefix") return Value::of(text.starts_with(given[1].text));
  if (name == "hasSuffix") return Value::of(text.ends_with(given[1].text));
  if (name == "trimPrefix") return Value::of(text.starts_with(given[1].text) ? text.substr(given[1].text.size()) : text);
  if (name == "trimSuffix") return Value::of(text.ends_with(given[1].text) ? text.substr(0, text.size() - given[1].text.size()) : text);
  return {};
}

Value Runner::named() {
  const std::string_view name = now().text;
  next();
  if (name == "true" || name == "false") return Value::of(name == "true");
  if (name == "nil") return {};
  if (!take_bracket("(")) return environment_.variable ? environment_.variable(name) : Value::unknown();
  const std::vector<Value> given = arguments();
  if (beyond_) return Value::unknown();
  if (idle_) return {};
  for (const Value& one : given) {
    if (one.is(Kind::unknown)) return one;
  }
  if (const auto own = builtin(name, given)) return *own;
  std::optional<Value> value = environment_.call ? environment_.call(name, given) : Value::unknown();
  return value ? std::move(*value) : fail();
}

Value Runner::postfix(Value value) {
  while (!beyond_) {
    if (take_bracket("[")) {
      const Value index = expression(0);
      if (!take_bracket("]")) return give_up();
      if (value.is(Kind::list) && index.is(Kind::integer)) {
        const auto size = static_cast<std::int64_t>(value.list.size());
        const std::int64_t at = index.integer < 0 ? index.integer + size : index.integer;
        if (at < 0 || at >= size) return fail();
        Value inner = value.list[static_cast<std::size_t>(at)];
        value = std::move(inner);
        continue;
      }
      return give_up();
    }
    if (now().op(".") || now().op("?.")) return give_up();
    return value;
  }
  return value;
}

}  // namespace

ExprResult run_expr(std::string_view text, const ExprEnvironment& environment, ExprVersion version) {
  return Runner(text, environment, version).run();
}

}  // namespace corefile::go
