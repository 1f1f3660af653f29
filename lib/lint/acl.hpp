// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>

namespace corefile {

/// A rule of `acl` for all sources and all types: no section, or sections that hold nothing but `*` (plugin/acl/setup.go).
bool fits_every_query(Property rule) noexcept;

}  // namespace corefile
