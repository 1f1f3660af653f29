// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace corefile::go {

/// Whether strconv.Unquote takes a literal in `"`, `'` or backquotes; `'` holds one character.
bool unquotes(std::string_view literal) noexcept;

}  // namespace corefile::go
