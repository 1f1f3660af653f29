// SPDX-License-Identifier: Apache-2.0
#include "folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app.hpp"
#include "disk.hpp"

namespace corefile::webhook {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const std::string& folder, bool folders) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    std::string name = entry.path().filename().string();
    std::error_code ignored;
    if (!name.starts_with("..") && entry.is_directory(ignored) == folders) names.push_back(std::move(name));
  }
  if (error) throw app::Trouble(folder + ": " + error.message());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::vector<Text> read_folder(const std::string& folder) {
  std::vector<Text> texts;
  for (const std::string& name : names_in(folder, false)) texts.push_back({name, app::read_file(fmt::format("{}/{}", folder, name))});
  return texts;
}

std::vector<Text> read_folder_if_there(const std::string& folder) {
  std::error_code ignored;
  return fs::is_directory(folder, ignored) ? read_folder(folder) : std::vector<Text>();
}

std::vector<std::string> folders_in(const std::string& folder) { return names_in(folder, true); }

}  // namespace corefile::webhook
