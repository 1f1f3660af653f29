// SPDX-License-Identifier: Apache-2.0
#include "zone/folder.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace corefile::zone {
namespace {

// regexp.Expand of `${1}`, `$1` and `${name}`.
std::string expanded(const go::Pattern& pattern, std::string_view replacement, const std::vector<std::string_view>& groups) {
  std::string out;
  for (std::size_t i = 0; i < replacement.size();) {
    if (replacement[i] != '$') {
      out += replacement[i++];
      continue;
    }
    const bool braced = replacement.substr(i + 1).starts_with('{');
    const std::size_t begin = i + (braced ? 2 : 1);
    std::size_t end = begin;
    while (end < replacement.size() &&
           (replacement[end] == '_' || (replacement[end] >= '0' && replacement[end] <= '9') ||
            (replacement[end] >= 'a' && replacement[end] <= 'z') || (replacement[end] >= 'A' && replacement[end] <= 'Z'))) {
      ++end;
    }
    const std::string_view name = replacement.substr(begin, end - begin);
    for (std::size_t group = 0; group < groups.size(); ++group) {
      if (name == std::to_string(group) || (!name.empty() && name == pattern.names()[group])) out += groups[group];
    }
    i = end + (braced && end < replacement.size() ? 1 : 0);
  }
  return out;
}

/// Files below a folder by byte, as filepath.Walk comes to them.
void walk_folder(const Files& files, const std::string& folder, int depth, std::vector<std::string>& paths) {
  constexpr int deepest = 8;
  constexpr std::size_t most = 1'000;
  for (const std::string& name : files.list(folder)) {
    const std::string path = fmt::format("{}{}{}", folder, folder.empty() || folder.ends_with('/') ? "" : "/", name);
    if (paths.size() >= most) return;
    if (files.read(path).status == Files::Status::directory) {
      if (depth < deepest) walk_folder(files, path, depth + 1, paths);
    } else {
      paths.push_back(path);
    }
  }
}

}  // namespace

void Folder::match(std::string_view expression, std::string_view origin_template) {
  pattern = go::Pattern(expression);
  replacement.clear();
  // Every `{` gets a `$` before it.
  for (const char c : origin_template) replacement += c == '{' ? std::string("${") : std::string(1, c);
}

std::vector<FolderFile> Folder::files(const Files& files) const {
  std::vector<std::string> paths;
  walk_folder(files, directory.empty() ? "." : directory, 0, paths);
  std::vector<FolderFile> out;
  for (std::string& path : paths) {
    const std::vector<std::string_view> groups = pattern.find(std::string_view(path).substr(path.rfind('/') + 1));
    if (!groups.empty()) out.push_back({expanded(pattern, replacement, groups), std::move(path)});
  }
  return out;
}

}  // namespace corefile::zone
