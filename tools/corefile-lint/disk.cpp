// SPDX-License-Identifier: Apache-2.0
#include "disk.hpp"

#include <algorithm>
#include <filesystem>

#include "app.hpp"
#include "manifest/bundle.hpp"
#include "system.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

}  // namespace

fs::path absolute_path(const std::string& path) { return fs::absolute(disk_path(path)).lexically_normal(); }

std::string read_standard_input(const Invocation& invocation, const std::string& name) {
  std::optional<std::string> text = invocation.standard_input ? invocation.standard_input() : std::nullopt;
  if (!text) throw Trouble(name + ": standard input cannot be read");
  if (text->size() > Source::max_size) throw Trouble(name + ": larger than 256 MiB, which is more than can be checked");
  if (text->empty()) throw Trouble(name + ": standard input is empty; did the command in front of the pipe fail?");
  return std::move(*text);
}

bool DiskFiles::inside(const std::string& path) const {
  const fs::path folder = absolute_path(corefile_).parent_path();
  const fs::path wanted = absolute_path(path);
  return std::mismatch(folder.begin(), folder.end(), wanted.begin(), wanted.end()).first == folder.end();
}

// What docker compose reads lies in the Corefile's folder or in the one above.
bool DiskFiles::is_compose_file(const std::string& path) const {
  const fs::path folder = absolute_path(corefile_).parent_path();
  const fs::path wanted = absolute_path(path);
  return folder.has_parent_path() && wanted.parent_path() == folder.parent_path() &&
         std::find(compose_files.begin(), compose_files.end(), path_name(wanted.filename())) != compose_files.end();
}

Files::Content DiskFiles::read(const std::string& path) const {
  if (!inside(path) && !is_compose_file(path)) return {};
  if (asked_ != nullptr) asked_->push_back(path);
  std::error_code error;
  const fs::file_status status = fs::status(disk_path(path), error);
  if (status.type() == fs::file_type::not_found) return {};
  if (status.type() == fs::file_type::directory) return {Status::directory, {}};
  if (status.type() != fs::file_type::regular) return {Status::unreadable, {}};
  try {
    return {Status::ok, read_file(path)};
  } catch (const Trouble&) {
    return {Status::unreadable, {}};
  }
}

std::vector<std::string> DiskFiles::list(const std::string& folder) const {
  std::vector<std::string> names;
  if (!inside(folder)) return names;
  if (asked_ != nullptr) asked_->push_back(folder);
  std::error_code error;
  for (fs::directory_iterator at(disk_path(folder), error), end; !error && at != end; at.increment(error)) {
    names.push_back(path_name(at->path().filename()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace corefile::app
