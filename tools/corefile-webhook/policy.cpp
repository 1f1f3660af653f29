// SPDX-License-Identifier: Apache-2.0
#include "policy.hpp"

#include <algorithm>

namespace corefile::webhook {

namespace {

bool is_named(const NameSelector& selector, std::string_view name_space, std::string_view name) noexcept {
  return selector.name == name && (selector.name_space.empty() || selector.name_space == name_space);
}

}  // namespace

Policy Settings::policy(std::string_view name_space, std::string_view name) const {
  const auto own = namespaces.find(name_space);
  Policy policy = own == namespaces.end() ? everywhere : own->second;
  for (const auto& [selector, release] : releases) {
    if (!is_named(selector, name_space, name)) continue;
    policy.options.release = release;
    policy.options.release_assumed = false;
  }
  return policy;
}

bool Settings::selects(std::string_view name_space, std::string_view name) const noexcept {
  return std::any_of(names.begin(), names.end(), [&](const NameSelector& selector) { return is_named(selector, name_space, name); });
}

bool Settings::selects(const Pairs& object_labels) const noexcept {
  return std::any_of(labels.begin(), labels.end(), [&](const LabelSelector& selector) {
    const std::string* value = find(object_labels, selector.key);
    return value != nullptr && (!selector.value || *selector.value == *value);
  });
}

}  // namespace corefile::webhook
