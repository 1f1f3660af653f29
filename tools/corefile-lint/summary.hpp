// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/catalogue.hpp>
#include <corefile/lint.hpp>
#include <cstddef>
#include <string>

#include "report.hpp"

namespace corefile::app {

/// `--fix` would mend it.
bool safely_fixable(const Diagnostic& found);

/// `2 errors, 1 warning in 1 file (CoreDNS 1.15.0)`, what could be fixed, what was ignored, and where to read on. Without a file, or where
/// something was not read, nothing is said to be clean.
/// `pages`: where the rules' pages lie; where there is an address, the last line is a link to the rule's (OSC 8).
std::string summary(const Results& results, const Options& options, std::size_t unread, const std::string& pages,
                    const Catalogue& catalogue);

}  // namespace corefile::app
