// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace corefile::go {

/// Short texts in small letters that a pattern is likely to match: one for each alternative and each way to repeat something, as far as
/// they are few. What comes out is to be asked of the pattern: anchors, look at words' borders and flags are passed over. O(pattern).
std::vector<std::string> regexp_samples(std::string_view pattern);

}  // namespace corefile::go
