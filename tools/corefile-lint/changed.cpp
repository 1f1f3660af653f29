// SPDX-License-Identifier: Apache-2.0
#include "changed.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>

#include "system.hpp"

namespace corefile::app {
namespace {

std::string git(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "git");
  Ran ran = run_program(std::move(arguments));
  if (!ran.began) throw Trouble("--changed needs git, which cannot be run");
  if (!ran.succeeded) throw Trouble("--changed: git does not know what has changed");
  return std::move(ran.out);
}

void add_names(std::string_view list, const std::filesystem::path& top, std::set<std::string>& names) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('\0'), list.size());
    names.insert(path_name(top / disk_path(list.substr(0, end))));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

}  // namespace

void keep_changed(std::vector<Input>& inputs, const std::string& revision) {
  if (revision.starts_with('-')) throw UsageError("--changed: `" + revision + "` is not a revision");
  std::string top = git({"rev-parse", "--show-toplevel"});
  if (top.ends_with('\n')) top.pop_back();
  std::error_code error;
  const std::filesystem::path folder = real_path(disk_path(top), error);
  std::set<std::string> names;
  add_names(git({"-C", top, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", "--merge-base", revision, "--"}), folder,
            names);
  add_names(git({"-C", top, "ls-files", "--others", "--exclude-standard", "-z"}), folder, names);
  std::erase_if(inputs,
                [&](const Input& input) { return !input.standard && !names.contains(path_name(real_path(disk_path(input.path), error))); });
}

}  // namespace corefile::app
