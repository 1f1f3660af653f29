// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace corefile::app {

/// `--format FORMAT   full, concise or json (default: full)`, or a command and what it is for.
struct HelpItem {
  std::string_view term;                ///< `-q, --quiet`, `--format FORMAT`, `check PATH...`
  std::string about;                    ///< in one line
  std::vector<std::string_view> names;  ///< of an option: `-q`, `--quiet`
  std::string_view argument;            ///< of an option: `FORMAT`; empty for a flag
  std::vector<std::string> choices;     ///< where the argument is one of a few words: those that `about` begins with
};

/// Lines between two empty ones of a help text.
struct HelpBlock {
  std::string_view title;               ///< without its colon; empty without one
  std::vector<std::string_view> lines;  ///< as they are, where they are no items
  std::vector<HelpItem> items;
};

/// A help text, which has one form: `NAME: what it does`, `Usage:` with its lines, and blocks. What is made of help texts, the manual
/// page and the completions, comes from here.
struct HelpPage {
  std::string_view name, about;
  std::vector<std::string_view> usage;
  std::vector<HelpBlock> blocks;
};

/// The page refers to `text`. O(size).
HelpPage read_help(std::string_view text);
/// Of all its blocks.
std::vector<HelpItem> options_of(const HelpPage& page);
/// The subcommands of the overview, `check` first.
std::vector<HelpItem> help_commands();

}  // namespace corefile::app
