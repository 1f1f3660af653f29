// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

/// What files with certificates and keys are called.
namespace corefile::rules {

inline std::string_view file_name(std::string_view path) noexcept { return path.substr(path.rfind('/') + 1); }

/// The name ends in one of the words, before an ending such as `.pem`, or is such an ending.
template <std::size_t N>
bool ends_as(std::string_view path, const std::array<std::string_view, N>& words) noexcept {
  const std::string_view name = file_name(path);
  const std::string_view stem = name.substr(0, name.rfind('.'));
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return stem.ends_with(word) || name.ends_with(word); });
}
inline bool is_key_file(std::string_view path) noexcept {
  constexpr std::array<std::string_view, 1> words{"key"};
  return ends_as(path, words);
}
inline bool is_certificate_file(std::string_view path) noexcept {
  constexpr std::array<std::string_view, 4> words{"cert", "crt", "chain", "cer"};
  return ends_as(path, words);
}

}  // namespace corefile::rules
