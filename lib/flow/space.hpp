// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "flow/interests.hpp"

/// The space of queries, divided by all that texts tell apart.
namespace corefile::flow_detail {

/// Names that no text tells apart: below one name, so far, with the same tests.
struct NamePart {
  std::string witness;          ///< a short one of them
  std::string under;            ///< the longest of Interests::names that they lie in
  int depth = 0;                ///< labels in front of it: 0, 1, 2 for two and more
  std::string tests{};          ///< `1` for each of Interests::tests that holds
  bool address = false;         ///< whole ones in in-addr.arpa or ip6.arpa
  std::set<std::string> types;  ///< those asked of it; the one that `Space::other` names stands for all others
};

/// Clients that no text tells apart.
struct ClientPart {
  std::string address;
  std::string networks;  ///< `1` for each of Interests::networks that it is in
};

class Space {
 public:
  explicit Space(Interests interests);

  const std::vector<NamePart>& names() const noexcept { return names_; }
  const std::vector<ClientPart>& clients() const noexcept { return clients_; }
  const Interests& interests() const noexcept { return interests_; }
  /// A type that no text names.
  const std::string& other() const noexcept { return other_; }

  /// The part that a name, lower-case with its last dot, lies in; none where no witness was found for it.
  std::optional<std::size_t> part_of(std::string_view name) const;
  std::optional<std::size_t> client_of(std::string_view address) const;
  /// The type that stands for it in that part.
  std::string_view type_in(const NamePart& part, std::string_view type) const noexcept;
  /// What names a part holds, for people.
  std::string describe(const NamePart& part) const;

 private:
  NamePart place(std::string_view name) const;
  void add(std::string_view candidate);
  void add_below(const std::string& name);
  void add_tests();
  void add_clients();
  std::set<std::string> types_of(const NamePart& part) const;

  Interests interests_;
  std::string other_;
  std::vector<NamePart> names_;
  std::map<std::string, std::size_t, std::less<>> index_;  ///< by what makes a part, in names_
  std::vector<ClientPart> clients_;
};

}  // namespace corefile::flow_detail
