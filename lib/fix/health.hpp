// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <set>
#include <string>

namespace corefile::fixing {

/// What no fix may make worse.
struct Health {
  std::size_t corefiles = 0;
  std::multiset<std::string> problems;  ///< what the release refuses the texts for
  std::multiset<std::string> comments;  ///< but those that are for a linter
  bool lf = false, crlf = false;        ///< line ends of the input
};

/// Of the input and what it imports.
Health health(const Source& input, const Options& options);
bool is_worse(const Health& now, const Health& before);

}  // namespace corefile::fixing
