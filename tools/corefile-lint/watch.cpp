// SPDX-License-Identifier: Apache-2.0
#include "watch.hpp"

#include <algorithm>
#include <iterator>

namespace corefile::app {
namespace {

FileState state_of(std::string path) {
  const FileStamp stamp = stamp_of(path).value_or(FileStamp{});
  return {std::move(path), stamp};
}

/// What was seen before a round counts: a file may change while it is read.
std::vector<FileState> merged(std::vector<FileState> before, std::vector<FileState> after) {
  std::vector<FileState> out = std::move(before);
  for (FileState& one : after) {
    const auto at = std::lower_bound(out.begin(), out.end(), one, [](const FileState& a, const FileState& b) { return a.path < b.path; });
    if (at == out.end() || at->path != one.path) out.insert(at, std::move(one));
  }
  return out;
}

std::vector<std::string> together(std::vector<std::string> paths, const std::vector<std::string>& more) {
  paths.insert(paths.end(), more.begin(), more.end());
  return paths;
}

}  // namespace

std::vector<FileState> states_of(std::vector<std::string> paths) {
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  std::vector<FileState> out;
  out.reserve(paths.size());
  std::transform(std::make_move_iterator(paths.begin()), std::make_move_iterator(paths.end()), std::back_inserter(out), state_of);
  return out;
}

void watch(const Watching& watching, const std::function<std::vector<std::string>()>& inputs, const std::function<Round()>& round) {
  std::vector<std::string> asked;
  for (;;) {
    std::vector<FileState> seen = states_of(together(inputs(), asked));
    Round one = round();
    watching.show(one.outcome);
    // A round that a wrong configuration ended asked for nothing: what mends it is what the last one asked for.
    if (!one.asked.empty()) asked = std::move(one.asked);
    seen = merged(std::move(seen), states_of(asked));
    do {
      if (!watching.wait()) return;
    } while (states_of(together(inputs(), asked)) == seen);
  }
}

}  // namespace corefile::app
