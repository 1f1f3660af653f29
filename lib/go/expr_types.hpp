// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "go/expr.hpp"

namespace corefile::go {

/// A type with an article, for people.
std::string_view expr_type_name(ExprKind kind) noexcept;

/// The type of LEFT OP RIGHT, or none if such do not go together.
std::optional<ExprKind> expr_binary(std::string_view op, ExprKind left, ExprKind right) noexcept;
std::optional<ExprKind> expr_unary(std::string_view op, ExprKind operand) noexcept;

/// A builtin's result, and how many arguments it takes where that is certain; `text_first`: the first must be a string.
/// `type` is none here: CoreDNS has a name for it, and turns the builtin off.
struct ExprBuiltin {
  std::string_view name;
  ExprVersion since;
  ExprKind result = ExprKind::unknown;
  std::uint8_t min = 0;
  std::uint8_t max = 255;
  bool text_first = false;
};
const ExprBuiltin* expr_builtin(std::string_view name, ExprVersion version) noexcept;

/// A builtin that takes a predicate, from that version on.
struct ExprPredicate {
  std::string_view name;
  ExprVersion since;
  ExprKind result;
  bool optional = false;  ///< the predicate may be left out
  bool third = false;     ///< one more argument may follow
};
const ExprPredicate* expr_predicate(std::string_view name, ExprVersion version) noexcept;

}  // namespace corefile::go
