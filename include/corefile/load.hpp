// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/plugins.hpp>
#include <corefile/problem.hpp>
#include <corefile/release.hpp>
#include <corefile/resolve.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Would this release of CoreDNS load this Corefile?
namespace corefile {

struct LoadVerdict {
  /// Empty: it loads. The first is what CoreDNS would report first, as far as that is certain.
  std::vector<Problem> problems;
  /// A file, a certificate, an interface or a variable decides as well: it may still be refused.
  bool depends = false;
  /// Files, interfaces and variables that decide, as it names them (`subject`), and what must be there. Of other things, such as names
  /// that must have an address, only `depends` tells.
  std::vector<Need> outside;
  bool loads() const noexcept { return problems.empty(); }
};

/// Checks names, keys and every plugin's words as that release's setup code does. `external`: what it was built with. `files`:
/// zone files beside the Corefile, which `file` reads while it is set up; none: nothing is said about them. O(words).
LoadVerdict load(const Config& config, Release release, const ExternalPlugins& external = {}, const Files* files = nullptr);

/// Neighbours among the releases asked for of which the same is to be said.
struct ReleaseRun {
  std::uint32_t first, last;       ///< among those releases, both included
  std::optional<Problem> problem;  ///< the first reason why they refuse it, with no release's own number; none: they load it
  bool depends = false;            ///< LoadVerdict::depends of any of them
};

/// May I upgrade, may I downgrade? Of what CoreDNS really reads, Readings::literal(). Runs in the order of the releases asked for.
/// O(releases
/// * words).
std::vector<ReleaseRun> load_by_release(const Config& config, std::span<const Release> releases = known_releases(),
                                        const ExternalPlugins& external = {}, const Files* files = nullptr);

}  // namespace corefile
