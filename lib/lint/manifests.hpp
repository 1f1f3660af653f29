// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <vector>

#include "manifest/manifest.hpp"

namespace corefile {

/// Whose manifests these are, by marks on their ConfigMaps and by images; null if nothing tells, or several things.
const Platform* platform_of(const Manifest& manifest) noexcept;

/// The rules about a manifest itself. Places are in the file (document 0).
std::vector<Diagnostic> lint(const Manifest& manifest, const Context& context, const Catalogue& catalogue, const Selection& selection);

}  // namespace corefile
