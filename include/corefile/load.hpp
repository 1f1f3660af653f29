// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/diagnostic.hpp>
#include <corefile/plugins.hpp>
#include <corefile/release.hpp>
#include <corefile/resolve.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Would this release of CoreDNS load this Corefile?
namespace corefile {

/// One reason why a release refuses the file.
struct LoadFault {
  enum class Kind : std::uint8_t {
    syntax,             ///< the parser's: see Config::refusals, where the place and the words are
    unknown_directive,  ///< no plugin of CoreDNS's
    removed_directive,  ///< was one in earlier releases
    future_directive,   ///< becomes one in later releases
    unknown_property,   ///< also one of other releases
    argument_count,
    invalid_value,
    once,  ///< a plugin or property that may stand only once
    invalid_key,
    duplicate_zone,
    conflict  ///< plugins or properties that exclude or need one another
  } kind;
  Place place;
  std::string message;    ///< one clause
  std::string says{};     ///< CoreDNS's own words, as near as they are known
  std::string subject{};  ///< the word at fault
  std::string help{};
  std::vector<Label> labels{};
  std::vector<std::string> notes{};
  std::vector<Fix> fixes{};
};

struct LoadVerdict {
  /// Empty: it loads. The first is what CoreDNS would report first, as far as that is certain.
  std::vector<LoadFault> faults;
  /// A file, a certificate, an interface or a variable decides as well: it may still be refused.
  bool depends = false;
  bool loads() const noexcept { return faults.empty(); }
};

/// Checks names, keys and every plugin's words as that release's setup code does. `external`: what it was built with. `files`:
/// zone files beside the Corefile, which `file` reads while it is set up; none: nothing is said about them. O(words).
LoadVerdict load(const Config& config, Release release, const ExternalPlugins& external = {}, const Files* files = nullptr);

/// Neighbours among the releases asked for of which the same is to be said.
struct ReleaseRun {
  std::uint32_t first, last;       ///< among those releases, both included
  std::optional<LoadFault> fault;  ///< the first reason why they refuse it, with no release's own number; none: they load it
  bool depends = false;            ///< LoadVerdict::depends of any of them
};

/// May I upgrade, may I downgrade? Of what CoreDNS really reads, Readings::literal().
std::vector<ReleaseRun> load_by_release(const Config& config, std::span<const Release> releases = known_releases(),
                                        const ExternalPlugins& external = {}, const Files* files = nullptr);

}  // namespace corefile
