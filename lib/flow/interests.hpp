// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "go/regexp.hpp"

/// What a Flow tells queries apart by: each plugin says it of its settings, beside what the schemas know of zones.
namespace corefile::flow_detail {

/// Which names a part of the text is for, other than by zone.
struct NamePattern {
  enum class Kind : std::uint8_t { exact, prefix, suffix, substring, regex, none } kind = Kind::exact;
  std::string text;
  go::Pattern regex{};
  bool matches(std::string_view name) const;
  /// Else it matches nothing, and nothing follows from that.
  bool known() const noexcept { return kind != Kind::regex || regex.known(); }
  bool operator==(const NamePattern& other) const { return kind == other.kind && text == other.text; }
};

struct Interests {
  /// More names than these are left out: who asks can be told.
  static constexpr std::size_t most_names = 1'000;
  static constexpr std::size_t most_tests = 64;
  static constexpr std::size_t most_networks = 32;

  /// Zones and single names, lower-case with the last dot, and the types that are asked of them beside the usual ones.
  std::map<std::string, std::set<std::string>> names;
  std::vector<NamePattern> tests;
  std::set<std::string> types;
  std::set<std::string> networks;  ///< of clients: ADDRESS/LENGTH
  bool tcp = false;                ///< how it comes in counts
  bool left_out = false;

  void name(std::string_view name, std::string_view type = {});
  void test(NamePattern test);
  /// An address or a network; other texts are passed over.
  void network(std::string_view text);
  /// `name()`, `client_ip()` and so on are compared with the texts in it.
  void expression(std::string_view text);
};

struct Model;

/// All that a model tells apart. `world` says what the files and the cluster hold.
void gather(const Model& model, const World& world, Interests& interests);

}  // namespace corefile::flow_detail
