// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>

namespace corefile {

/// All that the Config and what is known beside it show. O(words).
Precondition preconditions(const Config& config, const Context& context);

}  // namespace corefile
