// SPDX-License-Identifier: Apache-2.0
#include "lint/acl.hpp"

#include "lint/zones.hpp"

namespace corefile {

bool fits_every_query(Property rule) noexcept {
  for (const Word& word : rule.arguments()) {
    if (word.unknown) return false;
    if (word.text != "*" && !same_name(word.text, "net") && !same_name(word.text, "type")) return false;
  }
  return true;
}

}  // namespace corefile
