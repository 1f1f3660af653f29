// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corefile::app {

/// `; did you mean X?`, or nothing if no candidate is near.
std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> candidates);
/// `a, b, c`
std::string list(std::span<const std::string_view> words);
/// `1 file`, `2 files`
std::string count(std::size_t number, std::string_view word);

}  // namespace corefile::app
