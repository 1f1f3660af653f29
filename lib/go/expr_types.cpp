// SPDX-License-Identifier: Apache-2.0
#include "go/expr_types.hpp"

#include <algorithm>
#include <initializer_list>

namespace corefile::go {
namespace {

using Version = ExprVersion;

bool is_number(ExprKind kind) noexcept { return kind == ExprKind::integer || kind == ExprKind::floating; }

// Both of one of the kinds, or one of them and the other unknown.
bool both(ExprKind left, ExprKind right, std::initializer_list<ExprKind> kinds) noexcept {
  const auto known = [&](ExprKind kind) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); };
  if (left == ExprKind::unknown) return right == ExprKind::unknown || known(right);
  if (right == ExprKind::unknown) return known(left);
  return known(left) && (left == right || (is_number(left) && is_number(right)));
}

ExprKind sum(ExprKind left, ExprKind right) noexcept {
  if (left == right) return left;
  return is_number(left) && is_number(right) ? ExprKind::floating : ExprKind::unknown;
}

constexpr std::array builtins{
    ExprBuiltin{"abs", Version::v1_12, ExprKind::unknown, 1, 1},
    ExprBuiltin{"bitand", Version::v1_15},
    ExprBuiltin{"bitnand", Version::v1_15},
    ExprBuiltin{"bitnot", Version::v1_15},
    ExprBuiltin{"bitor", Version::v1_15},
    ExprBuiltin{"bitshl", Version::v1_15},
    ExprBuiltin{"bitshr", Version::v1_15},
    ExprBuiltin{"bitushr", Version::v1_15},
    ExprBuiltin{"bitxor", Version::v1_15},
    ExprBuiltin{"ceil", Version::v1_15},
    ExprBuiltin{"concat", Version::v1_16},
    ExprBuiltin{"date", Version::v1_15},
    ExprBuiltin{"duration", Version::v1_15},
    ExprBuiltin{"first", Version::v1_15},
    ExprBuiltin{"flatten", Version::v1_17},
    ExprBuiltin{"float", Version::v1_12, ExprKind::floating, 1, 1},
    ExprBuiltin{"floor", Version::v1_15},
    ExprBuiltin{"fromBase64", Version::v1_15},
    ExprBuiltin{"fromJSON", Version::v1_15},
    ExprBuiltin{"fromPairs", Version::v1_15},
    ExprBuiltin{"get", Version::v1_15},
    ExprBuiltin{"hasPrefix", Version::v1_15, ExprKind::boolean, 2, 2, true},
    ExprBuiltin{"hasSuffix", Version::v1_15, ExprKind::boolean, 2, 2, true},
    ExprBuiltin{"indexOf", Version::v1_15, ExprKind::integer, 2, 2},
    ExprBuiltin{"int", Version::v1_12, ExprKind::integer, 1, 1},
    ExprBuiltin{"join", Version::v1_15, ExprKind::string, 1, 2},
    ExprBuiltin{"keys", Version::v1_15},
    ExprBuiltin{"last", Version::v1_15},
    ExprBuiltin{"lastIndexOf", Version::v1_15, ExprKind::integer, 2, 2},
    ExprBuiltin{"len", Version::v1_9, ExprKind::integer, 1, 1},
    ExprBuiltin{"lower", Version::v1_15, ExprKind::string, 1, 1, true},
    ExprBuiltin{"max", Version::v1_15},
    ExprBuiltin{"mean", Version::v1_15},
    ExprBuiltin{"median", Version::v1_15},
    ExprBuiltin{"min", Version::v1_15},
    ExprBuiltin{"now", Version::v1_15},
    ExprBuiltin{"repeat", Version::v1_15, ExprKind::string, 2, 2, true},
    ExprBuiltin{"replace", Version::v1_15, ExprKind::string, 3, 4, true},
    ExprBuiltin{"reverse", Version::v1_16},
    ExprBuiltin{"round", Version::v1_15},
    ExprBuiltin{"sort", Version::v1_15},
    ExprBuiltin{"sortBy", Version::v1_15},
    ExprBuiltin{"split", Version::v1_15, ExprKind::array, 2, 3, true},
    ExprBuiltin{"splitAfter", Version::v1_15, ExprKind::array, 2, 3, true},
    ExprBuiltin{"string", Version::v1_15, ExprKind::string, 1, 1},
    ExprBuiltin{"sum", Version::v1_15},
    ExprBuiltin{"take", Version::v1_15},
    ExprBuiltin{"timezone", Version::v1_16},
    ExprBuiltin{"toBase64", Version::v1_15},
    ExprBuiltin{"toJSON", Version::v1_15},
    ExprBuiltin{"toPairs", Version::v1_15},
    ExprBuiltin{"trim", Version::v1_15, ExprKind::string, 1, 2, true},
    ExprBuiltin{"trimPrefix", Version::v1_15, ExprKind::string, 1, 2, true},
    ExprBuiltin{"trimSuffix", Version::v1_15, ExprKind::string, 1, 2, true},
    ExprBuiltin{"uniq", Version::v1_17},
    ExprBuiltin{"upper", Version::v1_15, ExprKind::string, 1, 1, true},
    ExprBuiltin{"values", Version::v1_15},
};

constexpr std::array predicates{
    ExprPredicate{"all", Version::v1_9, ExprKind::boolean},
    ExprPredicate{"any", Version::v1_9, ExprKind::boolean},
    ExprPredicate{"count", Version::v1_9, ExprKind::integer, true},
    ExprPredicate{"filter", Version::v1_9, ExprKind::array},
    ExprPredicate{"find", Version::v1_15, ExprKind::unknown},
    ExprPredicate{"findIndex", Version::v1_15, ExprKind::integer},
    ExprPredicate{"findLast", Version::v1_15, ExprKind::unknown},
    ExprPredicate{"findLastIndex", Version::v1_15, ExprKind::integer},
    ExprPredicate{"groupBy", Version::v1_15, ExprKind::map},
    ExprPredicate{"map", Version::v1_9, ExprKind::array},
    ExprPredicate{"none", Version::v1_9, ExprKind::boolean},
    ExprPredicate{"one", Version::v1_9, ExprKind::boolean},
    ExprPredicate{"reduce", Version::v1_15, ExprKind::unknown, false, true},
    ExprPredicate{"sortBy", Version::v1_16, ExprKind::array, false, true},
    ExprPredicate{"sum", Version::v1_16, ExprKind::unknown, true},
};

template <typename Entry, std::size_t size>
const Entry* find(const std::array<Entry, size>& entries, std::string_view name, Version version) noexcept {
  for (const Entry& entry : entries) {
    if (entry.name == name && entry.since <= version) return &entry;
  }
  return nullptr;
}

}  // namespace

std::string_view expr_type_name(ExprKind kind) noexcept {
  switch (kind) {
    case ExprKind::unknown:
      return "a value";
    case ExprKind::nil:
      return "nil";
    case ExprKind::boolean:
      return "a truth value";
    case ExprKind::integer:
      return "a whole number";
    case ExprKind::floating:
      return "a number";
    case ExprKind::string:
      return "a text";
    case ExprKind::array:
      return "a list";
    case ExprKind::map:
      return "a map";
    case ExprKind::function:
      return "a function";
  }
  return "a value";
}

std::optional<ExprKind> expr_binary(std::string_view op, ExprKind left, ExprKind right) noexcept {
  const auto given = [](bool good, ExprKind result) { return good ? std::optional<ExprKind>(result) : std::nullopt; };
  const auto any = [&](ExprKind kind) { return left == kind || right == kind; };
  if (op == "==" || op == "!=") {
    return given(any(ExprKind::unknown) || any(ExprKind::nil) || left == right || (is_number(left) && is_number(right)), ExprKind::boolean);
  }
  if (op == "or" || op == "||" || op == "and" || op == "&&") return given(both(left, right, {ExprKind::boolean}), ExprKind::boolean);
  if (op == "<" || op == ">" || op == "<=" || op == ">=") {
    return given(both(left, right, {ExprKind::integer, ExprKind::floating, ExprKind::string}), ExprKind::boolean);
  }
  if (op == "matches" || op == "contains" || op == "startsWith" || op == "endsWith") {
    return given(both(left, right, {ExprKind::string}), ExprKind::boolean);
  }
  if (op == "+") return given(both(left, right, {ExprKind::integer, ExprKind::floating, ExprKind::string}), sum(left, right));
  if (op == "-" || op == "*") return given(both(left, right, {ExprKind::integer, ExprKind::floating}), sum(left, right));
  // Of two whole numbers a whole one until 1.13, and a fraction later.
  if (op == "/") return given(both(left, right, {ExprKind::integer, ExprKind::floating}), ExprKind::unknown);
  if (op == "**" || op == "^") return given(both(left, right, {ExprKind::integer, ExprKind::floating}), ExprKind::floating);
  if (op == "%") return given(both(left, right, {ExprKind::integer}), ExprKind::integer);
  if (op == "..") return given(both(left, right, {ExprKind::integer}), ExprKind::array);
  if (op == "in" || op == "not in") {
    const bool holds = right == ExprKind::unknown || right == ExprKind::map || right == ExprKind::array;
    return given(holds || (left == ExprKind::unknown && right == ExprKind::string), ExprKind::boolean);
  }
  return ExprKind::unknown;
}

std::optional<ExprKind> expr_unary(std::string_view op, ExprKind operand) noexcept {
  if (op == "!" || op == "not") {
    if (operand != ExprKind::boolean && operand != ExprKind::unknown) return {};
    return ExprKind::boolean;
  }
  if (!is_number(operand) && operand != ExprKind::unknown) return {};
  return operand;
}

const ExprBuiltin* expr_builtin(std::string_view name, Version version) noexcept { return find(builtins, name, version); }

const ExprPredicate* expr_predicate(std::string_view name, Version version) noexcept { return find(predicates, name, version); }

bool is_expr_builtin(std::string_view name, Version version) noexcept {
  return expr_builtin(name, version) != nullptr || expr_predicate(name, version) != nullptr;
}

bool is_expr_keyword(std::string_view word) noexcept {
  static constexpr std::array<std::string_view, 14> words{"true", "false",   "nil",      "not",        "in",       "or",  "and",
                                                          "if",   "matches", "contains", "startsWith", "endsWith", "let", "else"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace corefile::go
