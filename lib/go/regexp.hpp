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

/// MatchString: some part of the text matches. False where the pattern is not known to this library.
bool regexp_matches(std::string_view pattern, std::string_view text);

}  // namespace corefile::go
