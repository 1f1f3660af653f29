// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "go/expr_parser.hpp"
#include "go/regexp.hpp"

namespace corefile::go {
namespace expr {
namespace {

constexpr std::array operators{Operator{"|", 0},         Operator{"or", 10},      Operator{"||", 10},       Operator{"and", 15},
                               Operator{"&&", 15},       Operator{"==", 20},      Operator{"!=", 20},       Operator{"<", 20},
                               Operator{">", 20},        Operator{">=", 20},      Operator{"<=", 20},       Operator{"not in", 20},
                               Operator{"in", 20},       Operator{"matches", 20}, Operator{"contains", 20}, Operator{"startsWith", 20},
                               Operator{"endsWith", 20}, Operator{"..", 25},      Operator{"+", 30},        Operator{"-", 30},
                               Operator{"*", 60},        Operator{"/", 60},       Operator{"%", 60},        Operator{"**", 100, true},
                               Operator{"^", 100, true}, Operator{"??", 500}};

bool is_comparison(std::string_view op) noexcept { return op == "<" || op == ">" || op == "<=" || op == ">="; }

bool may_be_negated(std::string_view op) noexcept {
  return op == "in" || op == "matches" || op == "contains" || op == "startsWith" || op == "endsWith";
}

}  // namespace

const Operator* Parser::binary(const Item& item) const noexcept {
  if (item.kind != Token::op) return nullptr;
  for (const Operator& op : operators) {
    if (op.word != item.text) continue;
    const bool later = (op.word == "|" && !since(Version::v1_15)) || (op.word == "??" && !since(Version::v1_12));
    return later ? nullptr : &op;
  }
  return nullptr;
}

const ExprName* Parser::known(std::string_view name) const noexcept {
  for (auto at = variables_.rbegin(); at != variables_.rend(); ++at) {
    if (at->name == name) return &*at;
  }
  for (const ExprName& candidate : names_) {
    if (candidate.name == name) return &candidate;
  }
  return nullptr;
}

void Parser::stop(std::optional<ExprFault> fault) {
  if (stopped_) return;
  stopped_ = true;
  syntax_fault_ = std::move(fault);
  at_ = items_.size() - 1;
}

void Parser::syntax(const Item& at, std::string message, std::string says) {
  stop(ExprFault{at.at, at.text.size(), std::move(message), std::move(says)});
}

void Parser::unexpected() {
  const Item item = now();
  if (item.kind == Token::end) return syntax(item, "the expression ends too early", "unexpected token EOF");
  const std::string_view kind = item.kind == Token::identifier ? "Identifier"
                                : item.kind == Token::number   ? "Number"
                                : item.kind == Token::string   ? "String"
                                : item.kind == Token::bytes    ? "Bytes"
                                : item.kind == Token::bracket  ? "Bracket"
                                                               : "Operator";
  const std::string_view shown = item.kind == Token::string ? item.text.substr(1, item.text.size() - 2) : item.text;
  syntax(item, fmt::format("`{}` is out of place in the expression", item.text), fmt::format("unexpected token {}(\"{}\")", kind, shown));
}

void Parser::expect_op(std::string_view word) {
  if (!now().op(word)) return unexpected();
  next();
}

void Parser::expect_bracket(std::string_view word) {
  if (!now().bracket(word)) return unexpected();
  next();
}

ExprFault& Parser::refuse(const Item& at, std::string message, std::string says) {
  ExprFault fault{at.at, at.text.size(), std::move(message), std::move(says)};
  return fault_ ? later_ = std::move(fault) : fault_.emplace(std::move(fault));
}

Value Parser::sequence() {
  Value value = expression(0);
  while (since(Version::v1_17) && now().op(";")) {
    next();
    if (now().kind == Token::end) break;
    value = expression(0);
  }
  return value;
}

Value Parser::expression(int precedence) {
  const Level level(depth_, deepest);
  if (!level.fits()) stop();
  if (precedence == 0 && now().op("let")) return variable();
  if (precedence == 0 && now().op("if")) return conditional_if();
  Value left = primary();
  bool coalesces = false;
  while (now().kind == Token::op) {
    const std::size_t before = at_;
    const bool negate = now().op("not") && since(Version::v1_12);
    if (negate) {
      next();
      if (since(Version::v1_16) && !may_be_negated(now().text)) {
        unexpected();
        return {};
      }
    }
    const Item op = now();
    const Operator* found = binary(op);
    if (found == nullptr || found->precedence < precedence) {
      // Until 1.15 the `not` is lost.
      if (negate && since(Version::v1_16)) at_ = before;
      break;
    }
    next();
    if (op.text == "|") {
      const Item name = now();
      if (name.kind != Token::identifier) unexpected();
      next();
      left = call(name, {left});
    } else {
      if (coalesces && op.text != "??") syntax(op, fmt::format("`{}` and `??` stand side by side", op.text), "cannot be mixed");
      left = binary_tail(left, op, *found, negate);
    }
    coalesces = op.text == "??";
  }
  return precedence == 0 ? conditional(left) : left;
}

Value Parser::binary_tail(Value left, const Item& op, const Operator& found, bool negate) {
  if (since(Version::v1_16) && is_comparison(op.text)) return comparison(left, op, found.precedence);
  // ** bound less before 1.12, which changes no type that is checked.
  const Value right = expression(found.right ? found.precedence : found.precedence + 1);
  const Value joined = join(op, left, right);
  return negate ? of(expr_unary("not", joined.type.kind) ? Kind::boolean : Kind::unknown) : joined;
}

// `a < b < c`: each with its neighbour.
Value Parser::comparison(Value left, Item op, int precedence) {
  for (;;) {
    Value right = expression(precedence + 1);
    join(op, left, right);
    if (now().kind != Token::op || !is_comparison(now().text)) return of(Kind::boolean);
    left = right;
    op = now();
    next();
  }
}

Value Parser::join(const Item& op, const Value& left, const Value& right) {
  if (op.text == "matches" && !right.literal.empty()) {
    const auto pattern = plain_expr_string(right.literal);
    const Regexp compiled = compile_regexp(pattern.value_or(""), regexps_);
    if (!compiled.error.empty()) {
      refuse(op, fmt::format("{} {}", right.literal, regexp_fault(compiled)), compiled.error).help = regexp_help(compiled);
    }
  }
  if (const auto kind = expr_binary(op.text, left.type.kind, right.type.kind)) return of(*kind);
  ExprFault& fault = refuse(
      op, fmt::format("`{}` cannot stand between {} and {}", op.text, expr_type_name(left.type.kind), expr_type_name(right.type.kind)),
      fmt::format("invalid operation: {} (mismatched types)", op.text));
  for (const Value* side : {&left, &right}) {
    if (side->type.function != nullptr) fault.help = fmt::format("call the function: `{}()`", side->type.function->name);
  }
  if (left.type.kind == Kind::string && right.type.kind == Kind::integer) fault.help = "put the number in quotes, or convert with `int()`";
  return {};
}

Value Parser::variable() {
  next();
  const Item name = now();
  if (name.kind != Token::identifier) unexpected();
  next();
  expect_op("=");
  const Value value = expression(0);
  expect_op(";");
  if (known(name.text) != nullptr || is_expr_builtin(name.text, version_)) {
    refuse(name, fmt::format("`{}` is a name already", name.text), fmt::format("cannot redeclare {}", name.text));
  }
  variables_.push_back({name.text, value.type});
  Value result = sequence();
  variables_.pop_back();
  return result;
}

Value Parser::conditional_if() {
  const Item at = now();
  next();
  const Value condition = expression(0);
  expect_bracket("{");
  const Value yes = sequence();
  expect_bracket("}");
  expect_op("else");
  if (since(Version::v1_17_7) && now().op("if")) {
    const Level level(depth_, deepest);
    if (!level.fits()) stop();
    const Value no = conditional_if();
    return choice(at, condition, yes, no);
  }
  expect_bracket("{");
  const Value no = sequence();
  expect_bracket("}");
  return choice(at, condition, yes, no);
}

Value Parser::conditional(Value value) {
  while (now().op("?")) {
    const Item at = now();
    next();
    Value yes = value;
    if (now().op(":")) {
      next();
    } else {
      yes = expression(0);
      expect_op(":");
    }
    const Value no = expression(0);
    value = choice(at, value, yes, no);
  }
  return value;
}

Value Parser::choice(const Item& at, const Value& condition, const Value& yes, const Value& no) {
  if (condition.type.kind != Kind::boolean && condition.type.kind != Kind::unknown) {
    refuse(at, fmt::format("{} is not a condition", expr_type_name(condition.type.kind)), "non-bool expression used as condition");
  }
  if (yes.type.kind == Kind::nil) return {no.type};
  return yes.type.kind == no.type.kind || no.type.kind == Kind::nil ? Value{yes.type} : Value{};
}

}  // namespace expr

ExprCheck check_expr(std::string_view text, std::span<const ExprName> names, ExprVersion version, RegexpChecks regexps) {
  return expr::Parser(text, names, version, regexps).run();
}

}  // namespace corefile::go
