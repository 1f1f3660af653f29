// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app.hpp"
#include "arguments.hpp"

namespace corefile::app {

/// Throws UsageError: options that exclude each other, or have a value that cannot be.
void refuse_wrong_usage(const CheckArguments& arguments, const Invocation& invocation);

}  // namespace corefile::app
