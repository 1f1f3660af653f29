// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app.hpp"

namespace corefile::app {

struct Input {
  std::string path;
  bool walked = false;  ///< found in a folder, or named under --force-exclude: it need not hold a Corefile
  bool standard = false;
  bool passed = false;  ///< standard input that is left out: a filter gives it back as it came
};

/// What is left out. docs/files.md has it as a table.
struct Exclusions {
  std::vector<std::string> globs;  ///< `--exclude`, as lines of a .gitignore in the current folder
  bool named_too = false;          ///< `--force-exclude`: what a walk would not take is not taken when named either
  bool gitignore = true;
};

/// Files as they were named, folders replaced by what they hold, sorted; none twice. What cannot be opened is complained of.
/// `stdin_filename` stands for `-` where exclusions are asked for.
std::vector<Input> find_inputs(const std::vector<std::string>& paths, const Exclusions& exclusions, const std::string& stdin_filename,
                               Outcome& outcome);

/// By its name, something a folder is searched for; manifests and Corefiles.
bool wanted_name(std::string_view name);
/// A manifest by its name, in which no word is one of a ConfigMap with a Corefile.
bool surely_without(std::string_view name, std::string_view text);
/// `*.server` and `*.override` are parts of a Corefile.
std::optional<Role> role_by_name(std::string_view name);

}  // namespace corefile::app
