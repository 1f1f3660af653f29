// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>

#include "go/net.hpp"

namespace corefile {

/// The rules of the miekg/dns that a release of CoreDNS is built on.
constexpr go::NameRules name_rules(Release release) noexcept {
  return {release < Release{1, 11, 0}, release < Release{1, 9, 4}, release < Release{1, 11, 4}};
}

}  // namespace corefile
