// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "flow/walk.hpp"

namespace corefile::flow_detail {

/// plugin/view: whether all of its expressions are true.
bool view_passes(const View& view, Walk& walk, const Block& block, const Request& request, const Context& context);

}  // namespace corefile::flow_detail
