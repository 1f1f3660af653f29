// SPDX-License-Identifier: Apache-2.0
#include <corefile/platform.hpp>

namespace corefile {
namespace {

using Versions = Platform::Versions;
using Custom = Platform::Custom;
#include "platform_tables.inc"

}  // namespace

std::span<const Platform> known_platforms() noexcept { return platforms; }

}  // namespace corefile
