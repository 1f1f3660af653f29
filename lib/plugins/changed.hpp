// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/plugin.hpp>
#include <corefile/release.hpp>
#include <span>
#include <string_view>

namespace corefile::plugins {

/// What a plugin does where the text says nothing, from a release on: `defaults` of the schemas.
struct ChangedDefault {
  Plugin plugin;
  Release since;
  std::string_view unless;  ///< a property with which it does not matter, or `argument`: any; empty: it always does
  std::string_view is;      ///< what it is now and was before, for people
};
/// By plugin and release.
std::span<const ChangedDefault> changed_defaults() noexcept;

}  // namespace corefile::plugins
