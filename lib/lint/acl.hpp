// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <optional>

namespace corefile {

/// A rule of `acl` for all sources and all types: no section, or sections that hold nothing but `*` (plugin/acl/setup.go).
bool fits_every_query(Property rule) noexcept;

/// A rule of this `acl` before `line` that is for all types and for networks which hold all of `line`'s: it decides about each of its
/// queries. Of no more than 64 rules.
std::optional<Property> rule_around(Directive acl, Property line);

}  // namespace corefile
