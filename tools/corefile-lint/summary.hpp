// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <string>
#include <vector>

namespace corefile::app {

/// `--fix` would mend it.
bool safely_fixable(const Diagnostic& found);

/// `2 errors, 1 warning in 1 file (CoreDNS 1.15.0)`, and what could be fixed. Without a file, or where something could
/// not be read (`complete` is false), nothing is said to be clean.
std::string summary(const std::vector<Analysis>& analyses, const Options& options, bool complete);

}  // namespace corefile::app
