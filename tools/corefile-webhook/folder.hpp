// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "policy.hpp"

/// ConfigMaps that are mounted as folders, a file for each key. A volume's own links begin with two dots.
namespace corefile::webhook {

/// By key. Throws app::Trouble.
std::vector<Text> read_folder(const std::string& folder);
/// The same; nothing where there is no such folder.
std::vector<Text> read_folder_if_there(const std::string& folder);
/// By name. Throws app::Trouble.
std::vector<std::string> folders_in(const std::string& folder);

}  // namespace corefile::webhook
