// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <string>
#include <utility>
#include <vector>

namespace corefile::app {

/// Everything up to the end. Throws Trouble, naming `path`.
std::string read_file(const std::string& path);
std::string read_descriptor(int descriptor, const std::string& path);
/// By a file beside it and a rename: whoever reads sees the old text or the new one. Keeps mode and owner; writes through
/// a symbolic link. Throws Trouble.
void write_file(const std::string& path, std::string_view text);

/// The files a Corefile may import: those in its folder and below. Others are not read, and nothing is claimed of them:
/// their paths are those of the machine CoreDNS runs on.
class DiskFiles final : public Files {
 public:
  explicit DiskFiles(std::string corefile) : corefile_(std::move(corefile)) {}
  Content read(const std::string& path) const override;
  std::vector<std::string> list(const std::string& folder) const override;
  bool authoritative(const std::string& path) const override { return inside(path); }

 private:
  bool inside(const std::string& path) const;
  std::string corefile_;
};

}  // namespace corefile::app
