// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <string>
#include <vector>

namespace corefile::app {

/// What is the same for two names of one file: its place on the disk, or the path where there is none.
std::string identity(const std::string& path);

/// A finding in a file that several inputs import, or that is an input as well, is kept in the first of them alone.
void drop_repeated(std::vector<Analysis>& analyses);

}  // namespace corefile::app
