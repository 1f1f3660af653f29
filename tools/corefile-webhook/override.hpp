// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "admission.hpp"
#include "policy.hpp"

/// The annotations that let a ConfigMap pass.
namespace corefile::webhook {

inline constexpr std::string_view override_annotation = "corefile-lint.dev/override";
inline constexpr std::string_view delete_annotation = "corefile-lint.dev/allow-delete";

/// `text:` and 16 hexadecimal digits for what stands under `data` and `binaryData` (FNV-1a, 64 bits). It keeps an override from being in
/// force for what comes later, and nobody from writing another.
std::string text_hash(const ConfigMap& map);

/// The annotation's reason, cut to 200 characters; empty if it gives none: blanks of all kinds are none.
std::string reason_of(const ConfigMap& map, std::string_view annotation);
/// The override's; empty too if the policy wants the hash of the texts in it, and it has another or none.
std::string override_reason(const ConfigMap& map, const Policy& policy);

/// How to go on all the same.
std::string way_round(const ConfigMap& map, const Policy& policy);

}  // namespace corefile::webhook
