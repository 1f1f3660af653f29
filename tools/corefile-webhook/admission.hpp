// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
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

/// All by which the garbage collector looks for an owner: what it does not find there is gone.
struct Owner {
  std::string api_version, kind, name, uid;
  bool operator==(const Owner&) const = default;
};

struct ConfigMap {
  std::string name, name_space;  ///< the request's, where the object does not say
  Pairs labels, annotations;
  std::vector<Owner> owners;
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
  bool too_large = false;  ///< more than max_kept: texts are missing
  std::optional<ConfigMap> object, old_object;

  bool is_configmap() const noexcept;
};

/// Why the text is not an AdmissionReview, for whoever sent it.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Bytes of an object's texts, with what it takes to hold each, that are kept of both objects together. Kubernetes allows 1 MiB of
/// data and 256 KiB of annotations in a ConfigMap.
inline constexpr std::size_t max_kept = 4U << 20U;

/// Reads a review in pieces, and keeps nothing but what Admission holds: of objects that are no ConfigMaps, and of managedFields, nothing.
class AdmissionReader {
 public:
  AdmissionReader();
  AdmissionReader(AdmissionReader&&) noexcept;
  AdmissionReader& operator=(AdmissionReader&&) noexcept;
  ~AdmissionReader();

  void feed(std::string_view piece);
  /// Bytes that are kept.
  std::size_t held() const noexcept;
  /// After the last piece, once. Throws Malformed.
  Admission take();

 private:
  class Reader;
  std::unique_ptr<Reader> reader_;
};

/// The same of a whole one.
Admission read_admission(std::string_view body);

}  // namespace corefile::webhook
