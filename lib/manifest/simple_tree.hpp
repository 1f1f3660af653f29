// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "manifest/tree.hpp"

namespace corefile::manifest_detail {

/// What read_trees gives for a part in the plainest YAML, in a small part of the time: block mappings of plain keys, with plain or quoted
/// scalars on their line and literals as `kubectl get -o yaml` writes them, ASCII throughout, one document. Nothing where the text
/// has anything else; most of what is wrong with YAML is something else. O(size).
std::optional<Tree> read_simple_tree(std::string_view file, Span part);

}  // namespace corefile::manifest_detail
