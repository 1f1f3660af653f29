// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <string>
#include <vector>

namespace corefile::app {

/// A line a rule: how often it spoke, at which severity, and how many of its findings `--fix` mends. The most frequent first, of
/// equally frequent ones by name.
std::string statistics(const std::vector<Analysis>& analyses);

}  // namespace corefile::app
