// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "go/expr.hpp"
#include "go/value.hpp"

namespace corefile::go {

/// What an expression's names stand for; `unknown` of what it does not know. A call that gives nothing fails.
struct ExprEnvironment {
  std::function<Value(std::string_view name)> variable;
  std::function<std::optional<Value>(std::string_view name, std::span<const Value> arguments)> call;
};

/// expr.Run of a text that expr.Compile takes. `unknown`: it takes more than this library knows; `failed`: it fails while it runs.
struct ExprResult {
  Value value;
  bool failed = false;
};
ExprResult run_expr(std::string_view text, const ExprEnvironment& environment, ExprVersion version);

}  // namespace corefile::go
