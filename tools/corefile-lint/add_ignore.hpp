// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <cstddef>
#include <string>

namespace corefile::app {

struct AddedIgnores {
  std::string text;       ///< of sources[0], with the comments
  std::size_t added = 0;  ///< findings that they name
};

/// Writes `# corefile-lint: ignore[RULE, …] REASON` to the lines with findings, or above them where another comment stands. Errors are not
/// ignored, nor what stands in an imported file or in a manifest around its Corefile.
AddedIgnores add_ignores(const Analysis& analysis, const std::string& reason);

}  // namespace corefile::app
