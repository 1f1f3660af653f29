// SPDX-License-Identifier: Apache-2.0
#include "changed.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <set>
#include <string_view>

#include "disk.hpp"

extern char** environ;

namespace corefile::app {
namespace {

// What git prints. What it complains of goes to standard error as it is.
std::string git(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "git");
  std::vector<char*> words;
  words.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Trouble("--changed: no pipe to be had");
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, "git", &actions, nullptr, words.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  std::string text;
  if (failed == 0) text = read_descriptor(ends[0], "git");
  ::close(ends[0]);
  if (failed != 0) throw Trouble("--changed needs git, which cannot be run");
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (status != 0) throw Trouble("--changed: git does not know what has changed");
  return text;
}

void add_names(std::string_view list, const std::filesystem::path& top, std::set<std::string>& names) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('\0'), list.size());
    names.insert((top / list.substr(0, end)).string());
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

}  // namespace

void keep_changed(std::vector<Input>& inputs, const std::string& revision) {
  if (revision.starts_with('-')) throw UsageError("--changed: `" + revision + "` is not a revision");
  std::string top = git({"rev-parse", "--show-toplevel"});
  if (top.ends_with('\n')) top.pop_back();
  std::set<std::string> names;
  add_names(git({"-C", top, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", "--merge-base", revision, "--"}), top, names);
  add_names(git({"-C", top, "ls-files", "--others", "--exclude-standard", "-z"}), top, names);
  std::erase_if(inputs, [&](const Input& input) {
    std::error_code error;
    return !input.standard && !names.contains(std::filesystem::canonical(input.path, error).string());
  });
}

}  // namespace corefile::app
