// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "go/regexp.hpp"

/// The expression language expr (expr-lang.org): its syntax, and its types as far as they are certain.
namespace corefile::go {

/// The releases of expr where what it reads changes.
enum class ExprVersion : std::uint8_t { v1_9, v1_12, v1_13, v1_15, v1_16, v1_17, v1_17_7, v1_17_8 };

enum class ExprKind : std::uint8_t {
  unknown,  ///< anything
  nil,
  boolean,
  integer,
  floating,
  string,
  array,
  map,
  function
};

struct ExprFunction {
  std::string_view name;
  ExprKind result = ExprKind::unknown;
  std::uint8_t count = 0;
  std::array<ExprKind, 2> parameters{};
};

struct ExprType {
  ExprKind kind = ExprKind::unknown;
  const ExprFunction* function = nullptr;  ///< of a function, if it is known
};

struct ExprName {
  std::string_view name;
  ExprType type;
};

struct ExprFault {
  std::size_t at = 0;
  std::size_t size = 0;
  std::string message;  ///< one clause
  std::string says;     ///< expr's own words
  std::string help{};
  std::string unknown{};  ///< the unknown name, if that is the fault
};

struct ExprCheck {
  ExprType type;
  std::optional<ExprFault> fault;
};

/// Whether expr.Compile takes the text, given the names that its environment holds. What is not certain passes.
ExprCheck check_expr(std::string_view text, std::span<const ExprName> names, ExprVersion version, RegexpChecks regexps = {});

/// One of the language's own functions in that version.
bool is_expr_builtin(std::string_view name, ExprVersion version) noexcept;
/// A word that is not a name: an operator, a literal.
bool is_expr_keyword(std::string_view word) noexcept;

}  // namespace corefile::go
