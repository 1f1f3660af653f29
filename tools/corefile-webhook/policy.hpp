// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "admission.hpp"

/// What reviews go by: a value, made anew when a file it came from changes.
namespace corefile::webhook {

/// From which severity on a new finding denies.
enum class Enforce : std::uint8_t { none, errors, warnings };

struct Policy {
  Enforce enforce = Enforce::errors;
  Options options;
};

struct NameSelector {
  std::string name_space;  ///< empty: any
  std::string name;
};
struct LabelSelector {
  std::string key;
  std::optional<std::string> value;  ///< none: any
};

struct Settings {
  Policy everywhere;
  std::map<std::string, Policy, std::less<>> namespaces;
  std::vector<NameSelector> names{{{}, "coredns"}, {{}, "coredns-custom"}, {{}, "node-local-dns"}};
  std::vector<LabelSelector> labels;
  std::string main_path;                     ///< of the cluster's Corefile; empty: not known
  std::optional<std::string> main_corefile;  ///< its text
  std::vector<std::string> remarks;          ///< for the log

  const Policy& policy(std::string_view name_space) const noexcept;
  bool selects(std::string_view name_space, std::string_view name) const noexcept;
  bool selects(const Pairs& object_labels) const noexcept;
};

}  // namespace corefile::webhook
