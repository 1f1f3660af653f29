// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/corefile.hpp>
#include <corefile/load.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

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

inline constexpr std::string_view working_folder = "/run/work";

struct Totals {
  std::size_t trees = 0, trees_agree = 0;
};
void compare_tree(const nlohmann::json& recorded, const RecordedFiles& files, Totals& totals);

struct Count {
  std::size_t asked = 0, false_errors = 0, missed = 0;
  std::size_t agree() const { return asked - false_errors - missed; }
};
struct LoadTotals {
  Count all;
  std::map<std::string, Count> plugins, sets;
  std::map<corefile::Release, Count> releases;
  std::size_t lines = 0, lines_agree = 0;
};
struct LoadOptions {
  corefile::Release since{};  ///< only this release and newer ones
  bool quiet = false;
};
/// One recorded Corefile in all recorded releases: does "it has a load fault" equal "CoreDNS refused it"?
void compare_load(const nlohmann::json& recorded, const std::string& plugin, const std::vector<corefile::Release>& releases,
                  const RecordedFiles& files, const LoadOptions& options, LoadTotals& totals);
void print(const LoadTotals& totals);

}  // namespace conformance
