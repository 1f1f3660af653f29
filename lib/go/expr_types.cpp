// SPDX-License-Identifier: Apache-2.0
#include "go/expr_types.hpp"

#include <algorithm>
#include <initializer_list>

namespace corefile::go {
namespace {

using Kind = ExprKind;
using Version = ExprVersion;

bool is_number(Kind kind) noexcept { return kind == Kind::integer || kind == Kind::floating; }

// Both of one of the kinds, or one of them and the other unknown.
bool both(Kind left, Kind right, std::initializer_list<Kind> kinds) noexcept {
  const auto known = [&](Kind kind) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); };
  if (left == Kind::unknown) return right == Kind::unknown || known(right);
  if (right == Kind::unknown) return known(left);
  return known(left) && (left == right || (is_number(left) && is_number(right)));
}

Kind sum(Kind left, Kind right) noexcept {
  if (left == right) return left;
  return is_number(left) && is_number(right) ? Kind::floating : Kind::unknown;
}

constexpr std::array builtins{
    ExprBuiltin{"abs", Version::v1_12, Kind::unknown, 1, 1},
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
    ExprBuiltin{"float", Version::v1_12, Kind::floating, 1, 1},
    ExprBuiltin{"floor", Version::v1_15},
    ExprBuiltin{"fromBase64", Version::v1_15},
    ExprBuiltin{"fromJSON", Version::v1_15},
    ExprBuiltin{"fromPairs", Version::v1_15},
    ExprBuiltin{"get", Version::v1_15},
    ExprBuiltin{"hasPrefix", Version::v1_15, Kind::boolean, 2, 2, true},
    ExprBuiltin{"hasSuffix", Version::v1_15, Kind::boolean, 2, 2, true},
    ExprBuiltin{"indexOf", Version::v1_15, Kind::integer, 2, 2},
    ExprBuiltin{"int", Version::v1_12, Kind::integer, 1, 1},
    ExprBuiltin{"join", Version::v1_15, Kind::string, 1, 2},
    ExprBuiltin{"keys", Version::v1_15},
    ExprBuiltin{"last", Version::v1_15},
    ExprBuiltin{"lastIndexOf", Version::v1_15, Kind::integer, 2, 2},
    ExprBuiltin{"len", Version::v1_9, Kind::integer, 1, 1},
    ExprBuiltin{"lower", Version::v1_15, Kind::string, 1, 1, true},
    ExprBuiltin{"max", Version::v1_15},
    ExprBuiltin{"mean", Version::v1_15},
    ExprBuiltin{"median", Version::v1_15},
    ExprBuiltin{"min", Version::v1_15},
    ExprBuiltin{"now", Version::v1_15},
    ExprBuiltin{"repeat", Version::v1_15, Kind::string, 2, 2, true},
    ExprBuiltin{"replace", Version::v1_15, Kind::string, 3, 4, true},
    ExprBuiltin{"reverse", Version::v1_16},
    ExprBuiltin{"round", Version::v1_15},
    ExprBuiltin{"sort", Version::v1_15},
    ExprBuiltin{"sortBy", Version::v1_15},
    ExprBuiltin{"split", Version::v1_15, Kind::array, 2, 3, true},
    ExprBuiltin{"splitAfter", Version::v1_15, Kind::array, 2, 3, true},
    ExprBuiltin{"string", Version::v1_15, Kind::string, 1, 1},
    ExprBuiltin{"sum", Version::v1_15},
    ExprBuiltin{"take", Version::v1_15},
    ExprBuiltin{"timezone", Version::v1_16},
    ExprBuiltin{"toBase64", Version::v1_15},
    ExprBuiltin{"toJSON", Version::v1_15},
    ExprBuiltin{"toPairs", Version::v1_15},
    ExprBuiltin{"trim", Version::v1_15, Kind::string, 1, 2, true},
    ExprBuiltin{"trimPrefix", Version::v1_15, Kind::string, 1, 2, true},
    ExprBuiltin{"trimSuffix", Version::v1_15, Kind::string, 1, 2, true},
    ExprBuiltin{"uniq", Version::v1_17},
    ExprBuiltin{"upper", Version::v1_15, Kind::string, 1, 1, true},
    ExprBuiltin{"values", Version::v1_15},
};

constexpr std::array predicates{
    ExprPredicate{"all", Version::v1_9, Kind::boolean},
    ExprPredicate{"any", Version::v1_9, Kind::boolean},
    ExprPredicate{"count", Version::v1_9, Kind::integer, true},
    ExprPredicate{"filter", Version::v1_9, Kind::array},
    ExprPredicate{"find", Version::v1_15, Kind::unknown},
    ExprPredicate{"findIndex", Version::v1_15, Kind::integer},
    ExprPredicate{"findLast", Version::v1_15, Kind::unknown},
    ExprPredicate{"findLastIndex", Version::v1_15, Kind::integer},
    ExprPredicate{"groupBy", Version::v1_15, Kind::map},
    ExprPredicate{"map", Version::v1_9, Kind::array},
    ExprPredicate{"none", Version::v1_9, Kind::boolean},
    ExprPredicate{"one", Version::v1_9, Kind::boolean},
    ExprPredicate{"reduce", Version::v1_15, Kind::unknown, false, true},
    ExprPredicate{"sortBy", Version::v1_16, Kind::array, false, true},
    ExprPredicate{"sum", Version::v1_16, Kind::unknown, true},
};

template <typename Entry, std::size_t size>
const Entry* find(const std::array<Entry, size>& entries, std::string_view name, Version version) noexcept {
  for (const Entry& entry : entries) {
    if (entry.name == name && entry.since <= version) return &entry;
  }
  return nullptr;
}

}  // namespace

std::string_view expr_type_name(Kind kind) noexcept {
  switch (kind) {
    case Kind::unknown:
      return "a value";
    case Kind::nil:
      return "nil";
    case Kind::boolean:
      return "a truth value";
    case Kind::integer:
      return "a whole number";
    case Kind::floating:
      return "a number";
    case Kind::string:
      return "a text";
    case Kind::array:
      return "a list";
    case Kind::map:
      return "a map";
    case Kind::function:
      return "a function";
  }
  return "a value";
}

std::optional<Kind> expr_binary(std::string_view op, Kind left, Kind right) noexcept {
  const auto given = [](bool good, Kind result) { return good ? std::optional<Kind>(result) : std::nullopt; };
  const auto any = [&](Kind kind) { return left == kind || right == kind; };
  if (op == "==" || op == "!=") {
    return given(any(Kind::unknown) || any(Kind::nil) || left == right || (is_number(left) && is_number(right)), Kind::boolean);
  }
  if (op == "or" || op == "||" || op == "and" || op == "&&") return given(both(left, right, {Kind::boolean}), Kind::boolean);
  if (op == "<" || op == ">" || op == "<=" || op == ">=") {
    return given(both(left, right, {Kind::integer, Kind::floating, Kind::string}), Kind::boolean);
  }
  if (op == "matches" || op == "contains" || op == "startsWith" || op == "endsWith") {
    return given(both(left, right, {Kind::string}), Kind::boolean);
  }
  if (op == "+") return given(both(left, right, {Kind::integer, Kind::floating, Kind::string}), sum(left, right));
  if (op == "-" || op == "*") return given(both(left, right, {Kind::integer, Kind::floating}), sum(left, right));
  // Of two whole numbers a whole one until 1.13, and a fraction later.
  if (op == "/") return given(both(left, right, {Kind::integer, Kind::floating}), Kind::unknown);
  if (op == "**" || op == "^") return given(both(left, right, {Kind::integer, Kind::floating}), Kind::floating);
  if (op == "%") return given(both(left, right, {Kind::integer}), Kind::integer);
  if (op == "..") return given(both(left, right, {Kind::integer}), Kind::array);
  if (op == "in" || op == "not in") {
    const bool holds = right == Kind::unknown || right == Kind::map || right == Kind::array;
    return given(holds || (left == Kind::unknown && right == Kind::string), Kind::boolean);
  }
  return Kind::unknown;
}

std::optional<Kind> expr_unary(std::string_view op, Kind operand) noexcept {
  if (op == "!" || op == "not") {
    if (operand != Kind::boolean && operand != Kind::unknown) return {};
    return Kind::boolean;
  }
  if (!is_number(operand) && operand != Kind::unknown) return {};
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
