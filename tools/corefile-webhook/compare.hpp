// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "judge.hpp"

/// What a change brings, and what was there before it.
namespace corefile::webhook {

/// Clears `fresh` of what was found before as well: the same said of the same text under the same key, wherever it stands now. What is
/// new under a key whose text CoreDNS refused before, and still refuses, is excused.
void compare(std::vector<Finding>& now, const ConfigMap& map, const std::vector<Finding>& before, const ConfigMap* map_before,
             const Policy& policy);

}  // namespace corefile::webhook
