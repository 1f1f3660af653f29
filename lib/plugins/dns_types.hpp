// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>
#include <span>
#include <string_view>

namespace corefile::plugins {

/// Names of record types, classes and response codes as the Go library of a release of CoreDNS spells them.
std::span<const std::string_view> dns_types(Release release) noexcept;
std::span<const std::string_view> dns_classes() noexcept;
std::span<const std::string_view> dns_rcodes(Release release) noexcept;

}  // namespace corefile::plugins
