// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/syntax.hpp>
#include <vector>

#include "resolve/stream.hpp"

namespace corefile::recover_detail {

/// Braces at the end of words that were surely meant to stand alone; elsewhere (`match ^{`) only as many as are missing. O(tokens).
std::vector<resolve_detail::Mend> glued_braces(const Document& document);

}  // namespace corefile::recover_detail
