// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace corefile {

/// Text of a linted file made safe to show: control characters, escapes and bidirectional overrides as `\x1b`, `\u{202e}` and so on.
/// O(size).
std::string visible(std::string_view text);

}  // namespace corefile
