// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <string>
#include <vector>

/// How a way that *depends* would go if it were known.
namespace corefile {

struct Alternative {
  std::string on;       ///< one of Trace::depends
  std::string if_so;    ///< a clause: `the file has an entry for git.corp.example.`
  std::string becomes;  ///< of the query, one clause; where more is not known, as far as this is
  Trace trace;
};

/// Of each thing that `trace`, the way of `query`, depends on: what it may be, and what follows, in pairs and more. A thing is left out
/// where all that it may be comes to the same, and where it cannot be imagined (a plugin that is not known). O(depends)
/// traces.
std::vector<Alternative> either_way(const Flow& flow, const Query& query, const World& world, const Trace& trace);

}  // namespace corefile
