// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/corefile.hpp>
#include <corefile/load.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
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

/// The line in the first `Corefile:12 - …` of CoreDNS's message; 0 if it blames none.
std::uint32_t blamed_line(const std::string& message);

struct Totals {
  std::size_t trees = 0, trees_agree = 0;
  std::size_t unspelled = 0;  ///< loaded, and no other text is loaded to the same
};
/// `formatted`: CoreDNS's tree of a text is compared with ours of the text once it is formatted.
void compare_tree(const nlohmann::json& recorded, const RecordedFiles& files, bool formatted, Totals& totals);
/// Whether what is printed of a text's configuration is read as the same words, and how many can be printed.
void compare_spelled(const nlohmann::json& recorded, const RecordedFiles& files, Totals& totals);

struct Count {
  std::size_t asked = 0, false_errors = 0, missed = 0;
  std::size_t agree() const { return asked - false_errors - missed; }
};
struct LoadTotals {
  Count all, newest;  ///< newest: the five newest releases
  std::map<std::string, Count> plugins, sets;
  std::map<corefile::Release, Count> releases;
  std::size_t lines = 0, lines_agree = 0;
  std::size_t quotes = 0, quotes_agree = 0;  ///< CoreDNS's words, where we quote any
};
struct LoadOptions {
  corefile::Release since{};  ///< only this release and newer ones
  bool quiet = false;
  bool quotes = false;  ///< print the words that are not CoreDNS's
};
/// One recorded Corefile in all recorded releases: does "it has a load fault" equal "CoreDNS refused it"?
void compare_load(const nlohmann::json& recorded, const std::string& plugin, const std::vector<corefile::Release>& releases,
                  const RecordedFiles& files, const LoadOptions& options, LoadTotals& totals);
void print(const LoadTotals& totals);
/// What must not be fallen short of; says where it is.
bool reached(const LoadTotals& totals);

/// Slips whose answers differ, and what `diff` tells of them.
class SlipDiffs {
 public:
  explicit SlipDiffs(const RecordedFiles& files) : files_(files) {}
  /// All `base` ones must have been added before the others.
  void add(const nlohmann::json& recorded, bool quiet);
  void print() const;
  bool reached() const;

 private:
  const RecordedFiles& files_;
  std::map<std::string, nlohmann::json> bases_;
  std::size_t differ_ = 0, told_ = 0, same_ = 0, same_told_ = 0;
};

/// Copies of realistic Corefiles with one slip of the hand each; a base stands before its copies or after them.
class Slips {
 public:
  /// Warnings of these rules are right where no question tells the slip: traps.txt.
  void read_traps(const std::string& path);
  void add(const nlohmann::json& recorded, const RecordedFiles& files, bool quiet);
  void print() const;
  bool empty() const { return by_effect_.empty(); }
  /// Every refused one gets an error, and nothing else does.
  bool good() const;
  /// Good, enough is flagged and not too much, and the errors stand where the slip is; says where not.
  bool reached() const;

 private:
  struct Base {
    std::string text;
    std::set<std::string> known;  // what the base itself is told
  };
  struct Tally {
    std::size_t asked = 0, flagged = 0;
  };
  std::map<std::string, Base> bases_;
  std::map<std::string, Tally> by_effect_;
  std::map<std::pair<std::string, std::string>, Tally> by_edit_;
  std::set<std::string, std::less<>> traps_;
  std::size_t false_errors_ = 0, lines_ = 0, lines_near_ = 0, trapped_ = 0;
};

}  // namespace conformance
