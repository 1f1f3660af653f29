// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace corefile::go {

/// What Go's regexp/syntax makes of a pattern.
struct RegexpSyntax {
  std::string error{};         ///< Go's, behind `error parsing regexp: `; empty: accepted
  int groups = 0;              ///< NumSubexp
  std::uint64_t size = 0;      ///< a measure of the program that it becomes
  bool has_bare_name = false;  ///< a `(?<name>` in what was read
};

/// regexp/syntax, Parse with the flags Perl. Names behind `\p` are taken for good, because releases of Go differ in them, and so are
/// patterns that are too large or nested too deep for Go. O(pattern) in time and memory, whatever the pattern stands for.
RegexpSyntax read_regexp(std::string_view pattern);

}  // namespace corefile::go
