// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace corefile::plugins {

/// Names of record types, classes and response codes as Go's DNS library spells them; sorted.
std::span<const std::string_view> dns_types() noexcept;
std::span<const std::string_view> dns_classes() noexcept;
std::span<const std::string_view> dns_rcodes() noexcept;

}  // namespace corefile::plugins
