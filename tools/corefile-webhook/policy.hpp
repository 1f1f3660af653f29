// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "admission.hpp"

/// What reviews go by: a value, made anew when a file it came from changes.
namespace corefile::webhook {

/// From which severity on a new finding denies.
enum class Enforce : std::uint8_t { none, errors, warnings };

/// What it takes to let a ConfigMap pass all the same: a reason, or a reason with the hash of its texts.
enum class Override : std::uint8_t { reason, text };

struct Policy {
  Enforce enforce = Enforce::errors;
  bool deny_unchecked = true;        ///< what is beyond a limit, of size or time
  bool deny_outside = false;         ///< what only the pods can have
  std::vector<std::string> in_pods;  ///< files, interfaces, `$VARIABLE`s that they have; `*` at the end: all that begin so
  Override override = Override::reason;
  std::vector<std::string> may_delete;  ///< users who may delete the live Corefile without an annotation
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

/// What holds all keys of coredns-custom together, which are mounted as one folder.
inline constexpr std::string_view custom_name = "coredns-custom";

/// A key of a ConfigMap and what stands under it.
struct Text {
  std::string key;
  std::string text;
};

struct Settings {
  Policy everywhere;
  std::map<std::string, Policy, std::less<>> namespaces;
  std::vector<std::pair<NameSelector, Release>> releases;  ///< of the ConfigMaps whose pods run another one than the policy says
  std::vector<NameSelector> names{{{}, "coredns"}, {{}, "coredns-custom"}, {{}, "node-local-dns"}, {{}, "nodelocaldns"}};
  std::vector<LabelSelector> labels;
  std::string main_path;                     ///< of the cluster's Corefile; empty: not known
  std::optional<std::string> main_corefile;  ///< its text
  std::string main_namespace;                ///< where these are from; empty: any
  std::string custom_path;                   ///< of the folder that is ConfigMap coredns-custom; empty: not known
  std::vector<Text> custom_texts;
  std::vector<std::string> remarks;  ///< for the log

  Policy policy(std::string_view name_space, std::string_view name) const;
  /// Whether the main Corefile and coredns-custom of this namespace are the ones that are known.
  bool mounts(std::string_view name_space) const noexcept { return main_namespace.empty() || main_namespace == name_space; }
  bool selects(std::string_view name_space, std::string_view name) const noexcept;
  bool selects(const Pairs& object_labels) const noexcept;
};

}  // namespace corefile::webhook
