// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/config.hpp>
#include <optional>
#include <string>

namespace corefile {

/// A Corefile without imports, snippets and known variables that CoreDNS loads to the same configuration: the same keys and, for each
/// plugin, the same words, on one line or on several as before. None where there is no such text or it is not known, or the parser refuses
/// the Config. O(words).
std::optional<std::string> spell_config(const Config& config);

}  // namespace corefile
