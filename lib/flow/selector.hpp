// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <optional>
#include <string_view>

namespace corefile::flow_detail {

/// Kubernetes' label selectors: `a=b`, `a!=b`, `a in (b, c)`, `a notin (b)`, `a`, `!a`, all of which must hold.
bool selector_matches(std::string_view selector, const Cluster::Labels& labels);

/// Labels for which a selector holds; none where it contradicts itself.
std::optional<Cluster::Labels> labels_for(std::string_view selector);

}  // namespace corefile::flow_detail
