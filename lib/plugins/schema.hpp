// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <corefile/release.hpp>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/short_text.hpp"

/// What CoreDNS's plugins accept, release by release: the tables that rules/plugins/*.yaml are compiled to.
namespace corefile::plugins {

class Reader;

/// Releases [since, until].
struct Life {
  Release since{0, 0, 0};
  Release until{0xFFFF, 0, 0};
  constexpr bool covers(Release release) const noexcept { return since <= release && release <= until; }
};

enum class Kind : std::uint8_t {
  text,             ///< anything
  integer,          ///< strconv.Atoi, min..max
  unsigned_,        ///< strconv.ParseUint; max gives the bits
  floating,         ///< strconv.ParseFloat, min..max
  duration,         ///< time.ParseDuration, min..max in nanoseconds
  seconds,          ///< an integer of seconds, or a duration; min..max in nanoseconds
  choice,           ///< one of choices
  choice_any_case,  ///< one of choices, in any case
  name,             ///< dns.IsDomainName
  ip,               ///< net.ParseIP
  cidr,             ///< net.ParseCIDR
  ip_or_cidr,
  listen_address,  ///< net.SplitHostPort
  host_port,       ///< pkg/parse.HostPort: an IP, perhaps with a port
  percent,         ///< an integer with `%` behind it, min..max
  regexp,          ///< regexp.Compile (RE2); max gives the longest allowed, from the release in `choices[0]`
  qtype,           ///< dns.StringToType
  qclass,          ///< dns.StringToClass
  rcode,           ///< dns.StringToRcode
  custom           ///< a named function
};

/// Empty: accepted. Else what is wrong, in CoreDNS's words.
using ValueCheck = std::string (*)(std::string_view text, Release release);
/// Reads on its own, from the plugin's or property's name on.
using Setup = void (*)(Reader& reader);

struct Type {
  Kind kind = Kind::text;
  std::int64_t min = std::numeric_limits<std::int64_t>::min();
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  std::span<const std::string_view> choices{};
  ValueCheck check = nullptr;
};

enum class Read : std::uint8_t {
  nothing,   ///< reads no word: what stands on the line is taken for the next property
  next,      ///< NextArg, once for each argument
  remaining  ///< RemainingArgs: to the end of the line or a `{`
};

struct Arguments {
  Life life{};
  Read read = Read::nothing;
  std::uint16_t min = 0;
  std::uint16_t max = 0xFFFF;
  bool end = false;           ///< with `next`: one more word on the line is refused
  bool last_repeats = false;  ///< the last type holds for all further arguments
  std::span<const Type> types{};
  std::string_view words{};       ///< for people: `TTL [ZONES...]`
  std::string_view count_says{};  ///< what setup says of a wrong count, `{}` for the words; else ArgErr
};

struct Property {
  std::string_view name;
  Arguments arguments{};  ///< its life is the property's
  bool once = false;      ///< a second one in the same block is refused
  bool any_case = false;
  Setup setup = nullptr;
  std::string_view doc{};

  constexpr bool is(std::string_view other) const noexcept { return short_text::same(name, other); }
};

/// Where to look for a property by its name, which may be written in any case.
class PropertyIndex {
 public:
  constexpr explicit PropertyIndex(std::span<const Property> properties) noexcept {
    first_.fill(none);
    for (std::size_t i = properties.size(); i-- > 0;) first_[slot(properties[i].name)] = static_cast<std::uint16_t>(i);
  }
  /// None before it has the name. O(1).
  constexpr std::size_t first(std::string_view name) const noexcept { return first_[slot(name)]; }

 private:
  static constexpr std::size_t slots = 64;
  static constexpr std::uint16_t none = 0xFFFF;
  static constexpr std::size_t slot(std::string_view name) noexcept {
    if (name.empty()) return 0;
    const auto letter = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c) | 0x20U); };
    return (name.size() * 5 + letter(name.front()) * 26 + letter(name.back()) * 17) % slots;
  }
  std::array<std::uint16_t, slots> first_{};
};

/// How setup walks over the mentions in a server block, which it gets as one run of words.
enum class Mentions : std::uint8_t {
  each,  ///< for c.Next()
  once,  ///< a second one is plugin.ErrOnce
  first  ///< c.Next() once; what follows is never looked at
};
struct MentionsRule {
  Life life{};
  Mentions mentions = Mentions::each;
};

enum class Unknown : std::uint8_t { refuse, ignore };
struct UnknownRule {
  Life life{};
  Unknown unknown = Unknown::refuse;
};

/// What becomes of a query that comes to a plugin.
enum class Queries : std::uint8_t {
  unknown,  ///< an external plugin's
  nothing,  ///< none comes to it: its setup adds no handler
  passes,   ///< every answer comes from the plugins behind it
  some,     ///< it answers or refuses certain queries, whatever their zone
  answers,  ///< it answers for its zones
  forwards  ///< other servers answer for its zone
};

/// Which of its arguments are zones.
enum class ZoneWords : std::uint8_t { none, all, behind_one, behind_two, behind_ttl, before_one, one };

/// The zones of its server block that a plugin takes where it has none of its own.
enum class Serves : std::uint8_t { none, block, key };

/// Words that are expressions, patterns or formats, in which punctuation has a meaning.
enum class FreeText : std::uint8_t { none, block, all };

/// What a plugin is, beside what it takes.
struct Facts {
  Queries queries = Queries::unknown;
  ZoneWords zones = ZoneWords::none;
  Serves serves = Serves::none;
  bool upstreams = false;  ///< its arguments behind the first are servers to ask
  bool begins_with_file = false;
  FreeText free_text = FreeText::none;
  std::span<const std::string_view> names{};  ///< where Queries::some answers
};

/// What setup says of a word that is not a property, with `{}` for the word.
struct SaysRule {
  Life life{};
  std::string_view text{};
};

struct Schema {
  std::string_view name;
  Life life{};  ///< external plugins: always
  std::string_view doc{};
  std::string_view url{};
  bool external = false;
  Facts facts{};
  std::span<const Life> blockless{};  ///< releases whose setup never calls NextBlock
  std::span<const MentionsRule> mentions{};
  std::span<const UnknownRule> unknown{};
  std::span<const SaysRule> unknown_says{};  ///< else `unknown property '{}'`
  bool own_words = false;                    ///< says of bad values other than what Go's functions say
  std::span<const Arguments> arguments{};
  std::span<const Property> properties{};  ///< by name, then life
  Setup setup = nullptr;                   ///< instead of all the above
  Setup after = nullptr;                   ///< behind the reading of all mentions
  PropertyIndex index{properties};
};

/// The property of that name in the release, or null. O(1), as far as names differ.
const Property* property_of(const Schema& plugin, std::string_view name, Release release) noexcept;
/// CoreDNS's own, by name: those of enum Plugin, in its order, without `unknown` and the former ones.
std::span<const Schema> builtin() noexcept;
/// External ones the tool knows, by name.
std::span<const Schema> externals() noexcept;
/// The functions that schemas name, by name: those that read a plugin, and those that read one property.
std::span<const std::pair<std::string_view, Setup>> plugin_setups() noexcept;
std::span<const std::pair<std::string_view, Setup>> property_setups() noexcept;
std::span<const std::pair<std::string_view, ValueCheck>> checks() noexcept;
/// One of externals(), or null.
const Schema* external(std::string_view name) noexcept;
/// A name that a plugin may have, and the newest CoreDNS has no such plugin.
bool may_be_external(std::string_view name) noexcept;
/// The plugins of a release in execution order (core/dnsserver/zdirectives.go), as indices in builtin(); of the newest known one before
/// it if it is not known.
std::span<const std::uint8_t> execution_order(Release release) noexcept;

}  // namespace corefile::plugins
