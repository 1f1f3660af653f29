// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app.hpp"

namespace corefile::app {

/// From the root, without `.` and `..`.
std::filesystem::path absolute_path(const std::string& path);
/// Everything up to the end. Throws Trouble, naming `path`.
std::string read_file(const std::string& path);
/// The same of standard input.
std::string read_input(const std::string& name);
/// All of standard input, which is called `name`. Throws Trouble.
std::string read_standard_input(const Invocation& invocation, const std::string& name);
/// By a file beside it and a rename: whoever reads sees the old text or the new one, whenever the program is killed. Keeps mode, owner and
/// extended attributes (ACLs among them; on Windows attributes, owner, permissions and streams) and writes through a symbolic link. Throws
/// Trouble, and leaves the file as it was, where it is read-only, has other hard links, is no longer `before`, or something of the above
/// could not be kept.
void write_file(const std::string& path, std::string_view before, std::string_view after);

/// The files a Corefile may import: those in its folder and below. Others are not read, and nothing is claimed of them:
/// their paths are those of the machine CoreDNS runs on.
class DiskFiles final : public Files {
 public:
  /// `asked` gets the paths that were asked for and may be read, whether they are there or not.
  explicit DiskFiles(std::string corefile, std::vector<std::string>* asked = nullptr) : corefile_(std::move(corefile)), asked_(asked) {}
  Content read(const std::string& path) const override;
  std::vector<std::string> list(const std::string& folder) const override;
  bool authoritative(const std::string& path) const override { return inside(path); }

 private:
  bool inside(const std::string& path) const;
  bool is_compose_file(const std::string& path) const;
  std::string corefile_;
  std::vector<std::string>* asked_;
};

}  // namespace corefile::app
