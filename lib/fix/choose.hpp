// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/diagnostic.hpp>
#include <vector>

namespace corefile::fixing {

/// The first fix of each finding that is safe enough and all in that document, in its order; none overlaps another.
std::vector<const Fix*> choose(const std::vector<Diagnostic>& diagnostics, Safety at_least, std::uint32_t document);

}  // namespace corefile::fixing
