// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Texts that no person writes and a ConfigMap can hold.
namespace pathological {

struct Text {
  std::string_view name;
  std::string (*make)(std::size_t size);  ///< about `size` bytes
  std::size_t size;                       ///< of the full text
};

const std::vector<Text>& texts();

}  // namespace pathological
