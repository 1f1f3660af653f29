// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow_diff.hpp>
#include <corefile/load.hpp>
#include <optional>
#include <string_view>
#include <vector>

/// What becomes of a text when CoreDNS is upgraded, or downgraded.
namespace corefile {

struct Upgrade {
  /// From one release that loads the text to the next known one that does.
  struct Step {
    Release before{}, after{};
    Difference difference;
  };
  /// What a plugin does where the text says nothing, and did otherwise before.
  struct Default {
    Release since{};
    Place place{};  ///< of the directive's name
    std::string_view plugin, is;
  };
  Release from{}, to{};
  std::optional<Problem> refused;  ///< by `to`: the first reason
  Release refused_since{};         ///< on the way, the release from which on it is refused up to `to`
  std::vector<Step> steps;         ///< those whose changes `to` still has, each with these changes alone
  std::vector<Default> defaults;   ///< what no single query shows, as far as the schemas know it
};

/// `from` must load it; the ways of queries are compared as far as a release loads it. Both are known releases. The result refers to the
/// Config. O(releases between * diff).
Upgrade upgrade(const Config& config, Release from, Release to, const World& world, const ExternalPlugins& external = {});

}  // namespace corefile
