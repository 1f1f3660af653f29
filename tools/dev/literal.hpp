// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

/// What the compilers of schemas and platforms share.

/// Stops the build: `FILE:LINE: what is wrong; what to write instead`.
struct Trouble : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Of C++. What stands for a line end.
inline std::string literal(std::string_view text, std::string_view line_end = " ") {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') out += line_end;
    if (c != '\n') out += c;
  }
  return out + '"';
}
