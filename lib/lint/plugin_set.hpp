// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <corefile/resolve.hpp>
#include <cstddef>

namespace corefile {

/// Plugins that have something in common. `constexpr PluginSet answering{"file", "hosts"};`
template <std::size_t size>
class PluginSet {
 public:
  template <std::size_t... lengths>
  consteval PluginSet(const char (&... names)[lengths]) : names_{Keyword(names)...}, bits_((Keyword(names).bit() | ...)) {}
  constexpr bool has(Keyword name) const noexcept {
    return (bits_ & name.bit()) != 0 && std::find(names_.begin(), names_.end(), name) != names_.end();
  }
  /// One of them may stand in the Config; never wrong about a no.
  bool may_stand_in(const Config& config) const noexcept { return (bits_ & config.plugins) != 0; }

 private:
  std::array<Keyword, size> names_;
  std::uint64_t bits_;
};
template <std::size_t... lengths>
PluginSet(const char (&... names)[lengths]) -> PluginSet<sizeof...(lengths)>;

}  // namespace corefile
