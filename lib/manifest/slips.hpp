// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "manifest/tree.hpp"

/// Where YAML that is none went wrong: often lines before the place at which a parser gives up.
namespace corefile::manifest_detail {

/// A key without its `:`, which yaml-cpp takes for one without a value and kubectl's parser refuses.
std::optional<Failure> lost_colon(std::string_view file, const Tree& tree);

/// Moves the failure to the line of a Corefile that brought it about, where that is clear: the first line of a block that is indented
/// deeper than the rest, or a text without its `|`.
void move_to_cause(std::string_view file, Failure& failure);

inline constexpr std::string_view deeper_words = "the lines below are indented less, and end the text";
inline constexpr std::string_view no_bar_words = "a text of several lines without a `|`";

}  // namespace corefile::manifest_detail
