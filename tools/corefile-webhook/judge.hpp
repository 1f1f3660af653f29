// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "policy.hpp"

/// A ConfigMap's Corefiles to findings, by the key and the line within the key's text.
namespace corefile::webhook {

struct Finding {
  std::string_view rule;
  Severity severity = Severity::warning;
  std::string key;    ///< of the ConfigMap; empty: of the whole object
  std::string where;  ///< `Corefile:3:11`
  std::string message;
  std::string note;  ///< what CoreDNS says, or why it matters
  std::string help;
  std::string marked;      ///< the text at fault
  std::string line;        ///< the line it begins on
  bool elsewhere = false;  ///< not in the ConfigMap, but in the Corefile that imports it
  bool fresh = true;       ///< not in the object before
  bool excused = false;    ///< its key was refused before the change, and is still
  bool outside = false;    ///< of what only the pods have
};

/// Longer lines are cut, where lines are told apart.
inline constexpr std::size_t longest_line = 1000;

/// Those under `data` or, decoded, `binaryData`, that are a Corefile or a part of one.
std::vector<Text> corefile_texts(const ConfigMap& map);

/// In the order of keys and lines.
std::vector<Finding> judge(const ConfigMap& map, const Settings& settings, const Policy& policy);

/// What is wrong with the main Corefile already without this ConfigMap.
std::vector<Finding> judge_main(const ConfigMap& map, const Settings& settings, const Policy& policy);

/// What is wrong with the main Corefile only without this ConfigMap.
std::vector<Finding> judge_removal(const ConfigMap& map, const Settings& settings, const Policy& policy);

}  // namespace corefile::webhook
