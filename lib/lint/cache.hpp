// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace corefile {

/// One of the two stores of a `cache`. TTLs in seconds; a word is null where the value is the default.
struct CacheStore {
  std::int64_t capacity = 10'000, ttl = 0, min_ttl = 5;
  const Word* capacity_word = nullptr;
  const Word* ttl_word = nullptr;
  const Word* min_ttl_word = nullptr;
  bool capacity_alone = false;

  /// Entries it really holds: 256 shards of at least 4.
  std::int64_t entries() const noexcept;
};

/// Its only number is a round time rather than one of entries: a multiple of 256 is what people write who know the shards.
bool looks_like_ttl(const CacheStore& store) noexcept;

/// What `cache` makes of its words (plugin/cache/setup.go). Values that it refuses are left out.
struct CacheSettings {
  CacheStore success, denial;
  std::span<const Word> zones;  ///< its own, else its block's
  bool own_zones = false;
  /// The zones behind the last `disable` of each, none if there is no such line; empty: all zones.
  std::optional<std::span<const Word>> without_success, without_denial;

  bool covers(std::string_view zone) const noexcept;
};
CacheSettings read_cache(Directive cache) noexcept;

}  // namespace corefile
