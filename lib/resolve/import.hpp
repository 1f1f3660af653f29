// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Where an `import` leads: caddyfile/parse.go, doImport, and Go's path/filepath Join, Match and Glob on Unix.
namespace corefile::resolve_detail {

/// path/filepath.Join of two elements, cleaned.
std::string join(std::string_view folder, std::string_view path);
/// path/filepath.Dir.
std::string folder_of(std::string_view path);

enum class Match : unsigned char { no, yes, bad_pattern };
Match match(std::string_view pattern, std::string_view name);

struct Glob {
  bool bad_pattern = false;
  std::vector<std::string> paths;  ///< as filepath.Glob orders them
};
Glob glob(const Files& files, const std::string& pattern);

}  // namespace corefile::resolve_detail
