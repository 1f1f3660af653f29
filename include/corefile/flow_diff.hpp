// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Which queries two Flows answer otherwise: two texts, or one text in two releases. The names, zones, patterns, types, client networks and
/// listeners that either tells apart divide the space of queries; a witness of each part is traced in both.
namespace corefile {

struct Change {
  enum class Gravity : std::uint8_t {
    fails,      ///< was answered, fails now: SERVFAIL, REFUSED, no reply
    lost,       ///< had records, has none now
    elsewhere,  ///< goes to other upstreams, or to upstreams at all
    other,      ///< another answer
    mended,     ///< failed, is answered now
    life_time,  ///< the same records with other TTLs
    beside      ///< authority, additional records, the AA bit, or how upstreams are asked
  } gravity = Gravity::other;

  /// Queries that no text tells apart.
  struct Part {
    Query witness;
    std::string names;     ///< what names it holds, for people
    std::string upstream;  ///< what upstreams must say for it to be seen; empty: whatever they say
  };
  std::vector<Part> parts;         ///< those that change in the same way, never empty, the shortest witness first
  std::vector<std::string> where;  ///< all parts together, for people: names, with types and clients where not all of them are meant
  std::string was, now;            ///< what becomes of the first witness, one clause each
  Trace before, after;             ///< of it
};
/// `fails`, `lost`, `elsewhere`, `other`, `mended`, `life time`, `beside`.
std::string_view to_string(Change::Gravity gravity) noexcept;

namespace flow_detail {
struct Divided;
}

struct Difference {
  std::vector<Change> changes;         ///< the gravest first
  std::size_t parts = 0;               ///< of which a witness was traced
  bool cut = false;                    ///< there are more names or parts than are looked at
  std::vector<std::string> listeners;  ///< on one side alone: `only before: …`, `only after: …`
  std::vector<std::string> depends;    ///< what is not known and may decide as well
  /// Of all parts, where a query would have to be looked for. Shared by copies.
  std::shared_ptr<const flow_detail::Divided> divided;

  bool same() const noexcept { return changes.empty() && listeners.empty(); }
  /// The change whose parts hold the query; null: none, it is answered as before.
  const Change* covering(const Query& query) const;
};

struct DiffLimits {
  std::size_t traces = 200'000;  ///< of each side
};

/// Where a World says nothing, the same is imagined on both sides: a cluster with a Service and a Pod of each kind, upstreams that answer
/// everything with a long TTL, and those that deny, fail, or answer with TTL 0. Files that are not known stay so, and are told in
/// `depends`. Not seen: what caches hold, sizes, signatures, health. O(parts) traces.
Difference diff(const Flow& before, const World& world_before, const Flow& after, const World& world_after, const DiffLimits& limits = {});

}  // namespace corefile
