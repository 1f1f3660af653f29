// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "flow/space.hpp"

/// Ways and parts of the space put into words.
namespace corefile::flow_detail {

/// What becomes of a query, one clause: `asks 10.0.0.53:53`, `SERVFAIL: hosts: no entry has this name, and nothing falls through`. The
/// records are told where the server itself has them.
std::string told(const Trace& trace);
/// The same without records and TTLs: who has the say.
std::string told_briefly(const Trace& trace);
/// The same as told(), but of what it answers with no more than that it does; an upstream's failure only where it changes the way.
std::string told_way(const Trace& trace);
/// `, TTL 30`, or nothing where there are no records.
std::string told_ttls(const Trace& trace);

/// Collects parts of the space and says in few words which they are.
class Where {
 public:
  Where(const Space& space, std::size_t listeners) : space_(space), listeners_(listeners) {}
  void add(std::size_t name, const std::string& type, std::size_t client, const std::string& listener, bool tcp);
  /// `corp.example. and all names below it`, `www.example. (A, AAAA; from 10.0.0.1)`.
  std::vector<std::string> lines() const;

 private:
  struct Asked {
    std::set<std::string> types, listeners;
    std::set<std::size_t> clients;
    std::set<bool> protocols;
    auto key() const { return std::tie(types, listeners, clients, protocols); }
    bool operator<(const Asked& other) const { return key() < other.key(); }
  };
  std::string conditions(const Asked& asked, bool all_types) const;
  std::vector<std::string> names(const std::set<std::size_t>& parts) const;
  /// Of names of which all below are among the parts; what they hold is returned.
  std::set<std::size_t> whole_trees(const std::set<std::size_t>& parts, std::vector<std::string>& out) const;

  const Space& space_;
  std::size_t listeners_;
  std::map<std::size_t, Asked> by_name_;
};

}  // namespace corefile::flow_detail
