// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "manifest/tree.hpp"

namespace corefile::manifest_detail {

/// What kubectl makes of a node that is not a text: `a number`, `a map`. Empty if it is text.
std::string_view not_text_because(const Node& node, std::string_view text) noexcept;

}  // namespace corefile::manifest_detail
