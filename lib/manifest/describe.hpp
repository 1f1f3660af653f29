// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "manifest/manifest.hpp"

/// What `kubectl describe configmap` prints (kubernetes/kubectl, pkg/describe/describe.go).
namespace corefile::manifest_detail {

bool is_description(std::string_view text) noexcept;
void read_description(const Source& file, Manifest& out);

}  // namespace corefile::manifest_detail
