// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <corefile/catalogue.hpp>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace corefile {

/// The rules by what they are asked about.
struct Catalogue::Index {
  /// Given by every file: what rules need that need nothing.
  static constexpr Precondition always{std::uint32_t{1} << 31U};
  /// A line that every directive has: what rules want that want none. It is no name's Properties::bit.
  static constexpr std::uint64_t any_line = 1;

  /// A rule, ready to be called for a Subject.
  template <typename Subject, typename To = Report>
  struct Call {
    void (*check)(Subject, const Context&, To&);
    const Rule* rule;
    std::string_view name;
    std::uint64_t lines;  // one of them: of LineNames, or any_line
    Precondition needs;   // one of them, or always
    std::uint16_t entry;
  };
  template <typename Subject>
  struct CallWhere : Call<Subject> {
    PluginSet plugins;  // none: whatever stands there
  };
  struct CallOf : Call<const Problem&> {
    ProblemKinds problems;
  };
  void fill(std::span<const Entry> entries);
  std::span<const Call<Directive>> rules_of(Plugin plugin) const noexcept {
    const auto at = static_cast<std::size_t>(plugin);
    return std::span(plugin_rules).subspan(plugin_begins[at], plugin_begins[at + 1] - plugin_begins[at]);
  }

  std::vector<Entry> own;  // of a catalogue that is not the builtin one
  std::vector<CallWhere<const Config&>> config_rules;
  std::vector<CallOf> problem_rules;
  std::vector<CallWhere<ServerBlock>> block_rules;
  std::vector<Call<const Manifest&, ManifestReport>> manifest_rules;
  std::vector<Call<const Suppression&, ManifestReport>> suppression_rules;
  std::vector<Call<Directive>> directive_rules;
  // None of these is called without one of the needs or, for those that need nothing, one of the lines.
  Precondition directive_rules_need = Precondition::none;
  std::uint64_t directive_rules_want = 0;
  std::vector<Call<Directive>> plugin_rules;  // one plugin's behind another's
  std::array<std::uint16_t, plugin_count + 1> plugin_begins{};

 private:
  void add(const Entry& entry, std::uint16_t index, std::span<std::uint16_t> next);
  void add(const Call<Directive>& call);
};

}  // namespace corefile
