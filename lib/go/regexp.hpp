// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace corefile::go {

struct Regexp {
  std::string error{};  ///< empty: accepted
  int groups = 0;       ///< NumSubexp
};

/// regexp.Compile, as far as it decides what is accepted. What only some of Go's own releases accept is taken for good.
Regexp compile_regexp(std::string_view pattern);

}  // namespace corefile::go
