// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace corefile::plugins {

/// What the Kubernetes client finds wrong with a label selector; empty if nothing.
std::string label_selector_fault(std::string_view text);

}  // namespace corefile::plugins
