// SPDX-License-Identifier: Apache-2.0
#include "policy.hpp"

#include <algorithm>

namespace corefile::webhook {

const Policy& Settings::policy(std::string_view name_space) const noexcept {
  const auto own = namespaces.find(name_space);
  return own == namespaces.end() ? everywhere : own->second;
}

bool Settings::selects(std::string_view name_space, std::string_view name) const noexcept {
  return std::any_of(names.begin(), names.end(), [&](const NameSelector& selector) {
    return selector.name == name && (selector.name_space.empty() || selector.name_space == name_space);
  });
}

bool Settings::selects(const Pairs& object_labels) const noexcept {
  return std::any_of(labels.begin(), labels.end(), [&](const LabelSelector& selector) {
    const std::string* value = find(object_labels, selector.key);
    return value != nullptr && (!selector.value || *selector.value == *value);
  });
}

}  // namespace corefile::webhook
