// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "go/depth.hpp"
#include "go/expr_lexer.hpp"
#include "go/expr_types.hpp"

/// Reads and types an expression in one pass.
namespace corefile::go::expr {

using Kind = ExprKind;
using Token = ExprToken;
using Item = ExprItem;
using Version = ExprVersion;

// What is nested deeper is taken as it is.
inline constexpr int deepest = 250;

struct Operator {
  std::string_view word;
  int precedence;
  bool right = false;
};

// A value: its type, the literal if it is a string's, and for an argument its place.
struct Value {
  ExprType type{};
  std::string_view literal{};
  std::size_t at = 0;
  std::string_view text{};
};

inline Value of(Kind kind) { return {{kind, nullptr}}; }

class Parser {
 public:
  Parser(std::string_view text, std::span<const ExprName> names, Version version, RegexpChecks regexps)
      : text_(text), names_(names), version_(version), regexps_(regexps) {
    ExprWords words = lex_expr(text, version);
    items_ = std::move(words.items);
    if (words.fault) stop(std::move(words.fault));
  }

  ExprCheck run() {
    const Value value = sequence();
    if (now().kind != Token::end) unexpected();
    if (stopped_) return {{}, std::move(syntax_fault_)};
    return {value.type, std::move(fault_)};
  }

 private:
  const Item& now() const noexcept { return items_[at_]; }
  void next() noexcept {
    if (at_ + 1 < items_.size()) ++at_;
  }
  bool since(Version version) const noexcept { return version_ >= version; }
  const Operator* binary(const Item& item) const noexcept;
  const ExprName* known(std::string_view name) const noexcept;

  /// Nothing but the end is left to read. Without a fault: nothing is known of the expression.
  void stop(std::optional<ExprFault> fault = {});
  void syntax(const Item& at, std::string message, std::string says);
  void unexpected();
  void expect_op(std::string_view word);
  void expect_bracket(std::string_view word);
  ExprFault& refuse(const Item& at, std::string message, std::string says);

  Value sequence();
  Value expression(int precedence);
  Value binary_tail(Value left, const Item& op, const Operator& found, bool negate);
  Value comparison(Value left, Item op, int precedence);
  Value join(const Item& op, const Value& left, const Value& right);
  Value variable();
  Value conditional_if();
  Value conditional(Value value);
  Value choice(const Item& at, const Value& condition, const Value& yes, const Value& no);
  Value primary();
  Value secondary();
  Value number(const Item& item);
  Value identifier(const Item& name);
  Value call(const Item& name, std::vector<Value> before);
  Value predicate_call(const Item& name, const ExprPredicate& found, std::vector<Value> given);
  Value builtin_call(const Item& name, const ExprBuiltin& builtin, const std::vector<Value>& given);
  Value function_call(const Item& name, const ExprType& callee, const std::vector<Value>& given);
  std::vector<Value> arguments(std::vector<Value> values);
  void predicate();
  Value array();
  Value map();
  Value postfix(Value value);
  Value member(const Value& base, bool optional);
  Value index(const Value& base);

  std::string_view text_;
  std::span<const ExprName> names_;
  Version version_;
  RegexpChecks regexps_;
  std::vector<Item> items_;
  std::vector<ExprName> variables_;  // of `let`
  std::optional<ExprFault> fault_;   // the first that syntax does not tell
  std::optional<ExprFault> syntax_fault_;
  bool stopped_ = false;
  ExprFault later_;
  std::size_t at_ = 0;
  int predicates_ = 0;
  int depth_ = 0;
};

}  // namespace corefile::go::expr
