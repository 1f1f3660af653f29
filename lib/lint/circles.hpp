// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/upstream.hpp"

/// Queries that come back to the server block they left.
namespace corefile {

/// Which block answers where. Linux's choice: a socket bound to the very address goes before one bound to all of them.
/// O(keys × addresses) to make.
class Listeners {
 public:
  Listeners(const Config& config, Release release);
  /// The block that gets a query for `name` sent to an upstream; none if nobody of this Corefile is known to listen there.
  std::optional<std::uint32_t> receiver(const Upstream& upstream, std::string_view name) const;
  /// The zones of a block, lower-case with the last dot.
  const std::vector<std::string>& zones(std::uint32_t block) const { return zones_[block]; }

 private:
  using Zones = std::map<std::string, std::uint32_t, std::less<>>;
  std::map<std::string, Zones, std::less<>> endpoints_;  // by transport, port and address
  std::vector<std::vector<std::string>> zones_;          // by block
};

/// One way of a query back to where it was sent from.
struct Circle {
  struct Hop {
    Directive directive;
    const Word* upstream;
  };
  std::vector<Hop> hops;  ///< never empty; each one's upstream is the next one's block, the last one's the first
  /// Every query for the zone goes this way; else other upstreams, variables, imports or plugins that are not known may
  /// lead it elsewhere.
  bool certain = true;
  std::optional<std::uint32_t> guard{};  ///< a block of it with `loop`
  std::string zone{};                    ///< whose names go round: lower-case, with the last dot
  std::string witness{};                 ///< a query that does, and where it is sent; empty: none is known
};

/// Remembers what it finds out about each block: O(1) for each further question about it.
class CircleSearch {
 public:
  CircleSearch(const Config& config, Release release);
  /// The circle that begins with one upstream of `directive`, if its queries come back to the directive's block.
  std::optional<Circle> find(Directive directive, const Word& word, const Upstream& upstream);

 private:
  enum class Passing : std::uint8_t { no, unsure, yes };
  // What a block does with queries, whatever their zone.
  struct Facts {
    bool loop = false;
    bool foreign = false;                                        // a plugin that no release brings
    bool renames = false;                                        // `rewrite name`
    bool split = false;                                          // `view`, or too many backends to follow
    std::vector<Directive> backends{};                           // before `forward`
    std::map<std::string, Directive, std::less<>> forwarders{};  // the first for each FROM
  };
  const Facts& facts(std::uint32_t block);
  Passing passing(std::uint32_t block);
  std::optional<Directive> forwarder(std::uint32_t block);
  bool follow(Directive directive, const Word& word, const Upstream& upstream);
  bool onward(std::uint32_t block);
  void judge();

  const Config& config_;
  Release release_;
  Listeners listeners_;
  bool imports_unknown_;
  std::map<std::uint32_t, Facts> facts_;
  std::uint32_t start_ = 0;
  std::string zone_;
  Circle circle_;
  unsigned followed_ = 0;
};

/// All circles, each once: from its first block in the file. Allocates only where an upstream may lead to this server.
std::vector<Circle> find_circles(const Config& config, Release release);

/// Asks the model of the way for a query that goes round, and takes out those in which certainly none does.
void confirm(std::vector<Circle>& circles, Ways& ways);

/// What a circle does to the server: one note.
std::string circle_note(const Circle& circle);
/// The other places of a circle, for labels, and its witness.
void label_circle(const Circle& circle, Diagnostic& found);

}  // namespace corefile
