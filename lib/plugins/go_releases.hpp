// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>

#include "go/regexp.hpp"
#include "go/url.hpp"

/// What the Go that a release of CoreDNS is built with reads otherwise than others (rules/releases.yaml).
namespace corefile::plugins {

struct GoReleases {
  Release toolchain;  ///< whose standard library it has
  Release module;     ///< in its go.mod: what later ones changed with a GODEBUG setting is off
};
/// Of the newest known release before it, if it is not known. O(log releases).
GoReleases go_releases(Release release) noexcept;

inline go::UrlChecks url_checks(Release release) noexcept {
  const GoReleases go = go_releases(release);
  return {go.toolchain >= Release{1, 25, 2}, go.module >= Release{1, 26, 0}};
}

inline go::RegexpChecks regexp_checks(Release release) noexcept { return {go_releases(release).toolchain < Release{1, 22, 0}}; }

}  // namespace corefile::plugins
