// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Cases of the command line: a command, the files it finds, and what it prints.
///
///     === name
///     $ [tty] [NAME=VALUE…] corefile-lint ARGUMENT…     `tty`: standard output is a terminal of 100 columns
///     >>> file PATH
///     >>> stdin
///     >>> stdout
///     >>> stderr
///     >>> exit 1
///     >>> after PATH                                    the file as the command leaves it
///
/// A section without text is left out, `exit` is 0 without one. Where a title ends in `[escaped]`, `\xHH` and `\\` stand for
/// bytes and a `\` at a line's end joins lines, in a command always; `\{N:TEXT}` is TEXT, N times. Text in front of the first case is kept.
namespace cli_test {

struct Section {
  std::string title;
  std::string written;  ///< as it stands in the case file
  std::string text;     ///< what it means
};
struct Case {
  std::size_t line = 0;
  std::string name;
  std::string command;
  std::vector<Section> given;     ///< file, stdin
  std::vector<Section> expected;  ///< stdout, stderr, exit, after
};
struct Cases {
  std::string preamble;
  std::vector<Case> all;
};

std::string unescape(std::string_view text);
Cases read_cases(std::string_view text);
std::string print_cases(const Cases& cases);

/// Runs the command in an empty folder with the given files.
std::vector<Section> answers(const Case& one);

}  // namespace cli_test
