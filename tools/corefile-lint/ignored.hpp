// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace corefile::app {

/// Patterns as git reads them in a .gitignore (gitignore(5)), of several files: those of a folder hold below it.
class IgnorePatterns {
 public:
  /// The lines of a .gitignore that lies in `folder`, an absolute path. Later patterns win over earlier ones.
  void add(std::string_view lines, const std::filesystem::path& folder);
  /// Those of a file, if there is one and it can be read; they hold below `folder`.
  void add_file(const std::filesystem::path& file, const std::filesystem::path& folder);

  /// What the last pattern that matches `path` says, an absolute path below the patterns' folders. What lies in an ignored
  /// folder is ignored too; that is for whoever walks to see. O(patterns * length).
  bool ignored(const std::filesystem::path& path, bool is_folder) const;

  bool empty() const { return patterns_.empty(); }
  std::size_t size() const { return patterns_.size(); }
  /// Forgets all but the first `size` patterns.
  void truncate(std::size_t size) { patterns_.resize(size); }

 private:
  struct Pattern {
    std::string folder;                 ///< ends in /
    std::vector<std::string> segments;  ///< between its slashes; a `**` stands for any number
    bool negative = false;
    bool folders_only = false;
  };
  std::vector<Pattern> patterns_;
};

/// Of the folders that `path`, an absolute one, lies in, from the top of its git work tree. None outside of one.
IgnorePatterns inherited_patterns(const std::filesystem::path& path);

}  // namespace corefile::app
