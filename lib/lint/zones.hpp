// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

/// Zones compared as they are written, without a copy: case and the last dot do not count. What these cannot know (a CIDR within
/// a CIDR) is answered so that rules stay silent.
namespace corefile {

/// A key's or zone argument's zone, without scheme, port and last dot; empty for the root.
std::string_view zone_of(std::string_view text) noexcept;

inline std::string_view zone_of(const Word& word) noexcept { return word.bare != 0 ? word.text : zone_of(word.text); }

bool same_name(std::string_view a, std::string_view b) noexcept;
/// `name` is `zone` or below it. Both as from zone_of.
bool covers(std::string_view zone, std::string_view name) noexcept;
inline bool overlap(std::string_view a, std::string_view b) noexcept { return covers(a, b) || covers(b, a); }
/// A reverse zone or a CIDR.
bool is_reverse_text(std::string_view zone) noexcept;

/// A word that may have been meant as `in-addr.arpa` or `ip6.arpa`, and is neither: `rules/zones/reverse_name.hpp` tells what of them.
bool is_like_reverse_zone(std::string_view text) noexcept;

/// O(zones): for one name; see ZoneSet for more.
bool any_covers(std::span<const Word> zones, std::string_view name) noexcept;
/// O(labels).
bool any_overlaps(std::span<const Word> a, std::span<const Word> b);

/// Zones that many names are compared with: O(labels) a name. The words must outlive it.
class ZoneSet {
 public:
  explicit ZoneSet(std::span<const Word> zones);
  /// As any_covers().
  bool covers(std::string_view name) const;

 private:
  std::span<const Word> few_;                // compared one by one, or
  std::unordered_set<std::string> by_name_;  // found: lower-case, without the last dot
};
/// Neither variables of unknown value nor words for a template or sed to replace stand among them.
bool all_known(std::span<const Word> words) noexcept;

/// An import whose target is not known here stands inside this place.
bool has_unresolved_import(const Config& config) noexcept;
bool has_unresolved_import(const Config& config, const Place& where) noexcept;

}  // namespace corefile
