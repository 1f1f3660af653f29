// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <vector>

#include "app.hpp"
#include "system.hpp"

/// `--watch`.
namespace corefile::app {

/// One that is not there has a stamp of zeros.
struct FileState {
  std::string path;
  FileStamp stamp{};
  auto operator<=>(const FileState&) const = default;
};
/// Sorted by path, none twice.
std::vector<FileState> states_of(std::vector<std::string> paths);

struct Round {
  Outcome outcome;
  std::vector<std::string> asked{};  ///< what was looked at beside the inputs: imports, configuration; whether it was there or not
};

/// Shows a round, and another one each time something changed of `inputs()` or of what the last one asked for. Ends when waiting does.
void watch(const Watching& watching, const std::function<std::vector<std::string>()>& inputs, const std::function<Round()>& round);

}  // namespace corefile::app
