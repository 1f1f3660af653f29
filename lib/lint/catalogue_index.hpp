// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <corefile/catalogue.hpp>
#include <cstdint>
#include <vector>

namespace corefile {

/// The rules by what they are asked about.
struct Catalogue::Index {
  /// A rule, ready to be called for a Subject.
  template <typename Subject, typename To = Report>
  struct Call {
    void (*check)(Subject, const Context&, To&);
    const Rule* rule;
    std::string_view name;
    std::uint16_t entry;
    Precondition needs;
    PluginSet plugins;      // none: whatever stands there
    ProblemKinds problems;  // of a Problem check
  };
  void add(const Entry& entry, std::uint16_t index);

  std::vector<Call<const Config&>> config_rules;
  std::vector<Call<const Problem&>> problem_rules;
  std::vector<Call<ServerBlock>> block_rules;
  std::vector<Call<const Manifest&, ManifestReport>> manifest_rules;
  std::vector<Call<const Suppression&, ManifestReport>> suppression_rules;
  std::vector<Call<Directive>> directive_rules;
  std::array<std::vector<Call<Directive>>, plugin_count> plugin_rules;  // by Plugin
};

}  // namespace corefile
