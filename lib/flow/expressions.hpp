// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "flow/walk.hpp"
#include "go/expr_run.hpp"

namespace corefile::flow_detail {

/// plugin/pkg/expression: what expressions know of a query. Refers to all that is given.
go::ExprEnvironment expression_environment(Walk& walk, const Block& block, const Request& request, const Context& context);

/// Whether an expression of a `view` or a `template` is true. What fails, or is not a boolean, is not; where it hangs on what is not known,
/// the world may say it, or else the trace depends.
bool is_true(const go::ExprResult& result, std::string_view expression, std::string_view owner, Walk& walk);

/// The expr that a release holds.
go::ExprVersion expression_version(Release release) noexcept;

/// plugin/metadata: what the block's plugins publish under a label; the empty text of labels that nobody has.
go::Value metadata_value(Walk& walk, const Block& block, const Request& request, const Context& context, std::string_view label);

}  // namespace corefile::flow_detail
