// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/corefile.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

/// Recorded answers of the real CoreDNS, compared with ours.
namespace conformance {

/// Imports of a recorded case are read from one folder, wherever the case lies; it plays CoreDNS's working folder.
class RecordedFiles : public corefile::Files {
 public:
  explicit RecordedFiles(std::string folder) : folder_(std::move(folder)) {}
  Content read(const std::string& path) const override;
  std::vector<std::string> list(const std::string& folder) const override;
  bool authoritative(const std::string&) const override { return true; }

 private:
  std::string on_disk(const std::string& path) const;
  std::string folder_;
};

/// What the README of the recordings names; everything else is unset.
corefile::Environment recorded_environment();

struct Totals {
  std::size_t trees = 0, trees_agree = 0;
};
void compare_tree(const nlohmann::json& recorded, const RecordedFiles& files, Totals& totals);

}  // namespace conformance
