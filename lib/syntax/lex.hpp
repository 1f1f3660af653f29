// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/syntax.hpp>
#include <cstdint>
#include <string_view>
#include <vector>

namespace corefile::syntax {

struct Lexed {
  const char* begin;
  std::vector<std::uint32_t>& tokens;
};

/// Appends one packed token (kind << 28 | begin) for each token of the text; they tile it.
void lex(std::string_view text, std::vector<std::uint32_t>& tokens);

}  // namespace corefile::syntax
