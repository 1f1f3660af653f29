// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "judge.hpp"

namespace corefile::webhook {

/// For a text that is made to hurt: only what the release refuses, in time that grows with the text alone. Rules look at a
/// block's lines together, and at each fault with the whole. None: the text is an ordinary one, for all rules.
std::optional<std::vector<Finding>> judge_costly(const Text& text, const Options& options);

}  // namespace corefile::webhook
