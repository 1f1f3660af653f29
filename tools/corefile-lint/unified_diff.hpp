// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace corefile::app {

/// A unified diff, three lines of context, that `git apply` and `patch -p1` take in the current folder, whatever the file's name; empty if
/// the texts are the same.
std::string unified_diff(const std::string& path, std::string_view before, std::string_view after);

/// The same for a terminal: what could steer it is made visible, and lines have colours.
std::string diff_for_people(std::string_view diff, bool colour);

}  // namespace corefile::app
