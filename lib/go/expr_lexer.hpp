// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "go/expr.hpp"

namespace corefile::go {

enum class ExprToken : std::uint8_t { end, identifier, number, string, bytes, op, bracket };

struct ExprItem {
  ExprToken kind = ExprToken::end;
  std::size_t at = 0;
  std::string_view text{};
  bool op(std::string_view word) const noexcept { return kind == ExprToken::op && text == word; }
  bool bracket(std::string_view word) const noexcept { return kind == ExprToken::bracket && text == word; }
};

struct ExprWords {
  std::vector<ExprItem> items;     ///< the end last
  std::optional<ExprFault> fault;  ///< where the words end too early
};
ExprWords lex_expr(std::string_view text, ExprVersion version);

/// What a string literal stands for; none if that takes more than dropping backslashes.
std::optional<std::string> plain_expr_string(std::string_view literal);

}  // namespace corefile::go
