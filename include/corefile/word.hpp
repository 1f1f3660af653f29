// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <cstdint>
#include <string_view>

namespace corefile {

/// One use of a file or snippet. Expansion 0 is the root document itself.
struct Expansion {
  std::uint32_t document = 0;  ///< where its words are written
  std::uint32_t parent = 0;    ///< the expansion that holds the `import`
  Place import;                ///< the `import` and its argument
};

/// `(name) { … }`.
struct Snippet {
  std::string_view name;
  Place place;
  std::uint32_t uses;
};

/// A token as a plugin's setup sees it.
struct Word {
  std::string_view text;   ///< decoded, variables replaced; a key's without its comma
  Span span;               ///< in document `Config::expansions()[expansion].document`
  std::uint32_t line = 1;  ///< the line CoreDNS counts it on
  std::uint32_t expansion : 27 = 0;
  std::uint32_t bare : 1 = 0;  ///< surely no more than small letters, digits, `-`, `/` and dots, none of them last
  std::uint32_t quoted : 1 = 0;
  std::uint32_t unknown : 1 = 0;  ///< holds a variable of unknown value: `text` is not what CoreDNS will see
  std::uint32_t breaks : 1 = 0;   ///< `text` holds line ends
  std::uint32_t made : 1 = 0;     ///< a brace that the text lacks, read as if it began a line of its own

  std::uint32_t last_line() const noexcept { return breaks == 0 ? line : line + line_ends(); }

 private:
  std::uint32_t line_ends() const noexcept;
};

}  // namespace corefile
