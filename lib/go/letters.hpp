// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace corefile::go {

/// Begins with one of U+2000 to U+206F: dashes, quotation marks and blanks of word processors, which are no letters to Go.
constexpr bool is_typography(std::string_view rest) noexcept {
  return rest.size() >= 3 && rest[0] == '\xE2' && (rest[1] == '\x80' || (rest[1] == '\x81' && static_cast<unsigned char>(rest[2]) <= 0xAF));
}

}  // namespace corefile::go
