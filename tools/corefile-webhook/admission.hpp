// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// An AdmissionReview (admission.k8s.io/v1) as the API server sends it, and of its objects what can be about a Corefile.
namespace corefile::webhook {

using Pairs = std::vector<std::pair<std::string, std::string>>;  ///< sorted, none twice
const std::string* find(const Pairs& pairs, std::string_view key) noexcept;

struct ConfigMap {
  std::string name, name_space;
  Pairs labels, annotations;
  Pairs data;
  Pairs binary_data;  ///< base64, as it came
};

struct Admission {
  std::string uid;
  std::string group, version, kind;  ///< of the object
  std::string resource, sub_resource;
  std::string name, name_space;
  std::string operation;
  std::string user;
  bool dry_run = false;
  std::optional<ConfigMap> object, old_object;

  bool is_configmap() const noexcept;
};

/// Why the text is no AdmissionReview, for whoever sent it.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Nested deeper than this is malformed; a ConfigMap with its managedFields has some ten levels.
inline constexpr std::size_t max_depth = 200;

/// Throws Malformed. Keeps nothing but what Admission holds.
Admission read_admission(std::string_view body);

}  // namespace corefile::webhook
