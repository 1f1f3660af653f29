// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/diagnostic.hpp>
#include <optional>
#include <string>
#include <vector>

namespace corefile::render {

/// The lines a fix replaces, and by what.
struct Change {
  std::uint32_t lines_before = 0;  ///< unchanged ones between the first edit's line and the first line here
  std::vector<std::string> removed, added;
};

/// None if the fix is not in `document`, or changes more than fits a screen.
std::optional<Change> change_of(const Fix& fix, const Source& source, std::uint32_t document);

}  // namespace corefile::render
