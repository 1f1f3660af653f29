// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "go/regexp.hpp"

/// The files that `auto` takes for zones: plugin/auto/setup.go and walk.go.
namespace corefile::zone {

struct FolderFile {
  std::string origin;  ///< as the template gives it, perhaps without its last dot
  std::string path;
};

struct Folder {
  std::string directory;
  go::Pattern pattern{"db\\.(.*)"};
  std::string replacement = "${1}";

  /// The words behind `directory`'s first.
  void match(std::string_view expression, std::string_view origin_template);
  /// Files below it whose name the pattern fits, in the order in which filepath.Walk comes to them, at most a thousand looked at.
  std::vector<FolderFile> files(const Files& files) const;
};

}  // namespace corefile::zone
