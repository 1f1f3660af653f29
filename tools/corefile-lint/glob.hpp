// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace corefile::app {

/// Whether a name, without slashes, is one that the pattern means: `*`, `?`, `[a-z]`, `[!a-z]`, `[[:digit:]]`, and a backslash in front of
/// what stands for itself. Bytes count, and their case does. What git takes for no pattern matches nothing.
bool matches_name(std::string_view pattern, std::string_view name);

}  // namespace corefile::app
