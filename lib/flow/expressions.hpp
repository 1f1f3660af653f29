// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "flow/walk.hpp"
#include "go/expr_run.hpp"

namespace corefile::flow_detail {

/// plugin/pkg/expression: what expressions know of a query. Refers to all that is given.
go::ExprEnvironment expression_environment(Walk& walk, const Block& block, const Request& request, const Context& context);

/// The expr that a release holds.
go::ExprVersion expression_version(Release release) noexcept;

/// plugin/metadata: what the block's plugins publish under a label; the empty text of labels that nobody has.
go::Value metadata_value(Walk& walk, const Block& block, const Request& request, const Context& context, std::string_view label);

}  // namespace corefile::flow_detail
