// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Text cases: a name, an input, and what the library makes of it.
///
///     === name                       or `=== name [escaped]`
///     input
///     --- file NAME                  a file for `import`
///     --- environment                NAME=VALUE, one a line; all others are unset
///     --- tokens|tree|config|server|properties|keys
///     expected                       `server`: what CoreDNS reads where `config` is mended
///
/// In an escaped case `\r`, `\xHH` and `\\` stand for bytes in the input and the files, and a `\` at a line's end joins lines.
namespace syntax_test {

struct Section {
  std::string title;  ///< `tree`, `file a.conf`
  std::string text;
};
struct Case {
  std::size_t line = 0;
  std::string name;
  bool escaped = false;
  std::string input;
  std::vector<Section> sections;
};

/// Text in front of the first case is kept as `preamble`.
struct Cases {
  std::string preamble;
  std::vector<Case> all;
};

Cases read_cases(std::string_view text);
std::string print_cases(const Cases& cases);

/// The sections as they should be; those that are given stay as they are.
std::vector<Section> answers(const Case& input);

}  // namespace syntax_test
