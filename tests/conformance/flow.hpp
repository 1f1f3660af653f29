// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <map>
#include <string>
#include <vector>

#include "conformance.hpp"

/// Recorded ways of queries, compared with ours.
namespace conformance {

struct FlowOptions {
  std::size_t show = 0;         ///< disagreements to print with both ways
  bool sure = false;            ///< only those of which nothing is unknown
  bool others = false;          ///< those in authority and additional records, too
  std::string only;             ///< of this answering plugin, set or case
  corefile::Release release{};  ///< of this release; none: all
  bool quiet = false;
};

class Flows {
 public:
  Flows(const RecordedFiles& imports, const std::string& files, FlowOptions options);
  void add(const nlohmann::json& recorded);
  void print() const;
  bool empty() const { return releases_.empty(); }
  bool good() const;
  /// What must not be fallen short of; says where it is.
  bool reached() const;

 private:
  struct Tally {
    std::size_t ways = 0, ways_agree = 0, answers = 0, answers_agree = 0, depends = 0;
    std::size_t others = 0, others_agree = 0;  ///< authority and additional records, AA
  };
  void compare(const nlohmann::json& recorded, const nlohmann::json& flow, const corefile::Flow& model, corefile::Release release);
  void show(const nlohmann::json& recorded, const nlohmann::json& flow, const corefile::Trace& ours, corefile::Release release,
            std::string_view what);

  FlowOptions options_;
  const RecordedFiles& imports_;
  std::map<std::string, std::string, std::less<>> files_;
  std::unique_ptr<corefile::Files> world_files_;
  corefile::Cluster cluster_;
  corefile::World world_;
  std::map<std::string, Tally> plugins_, sets_;
  std::map<corefile::Release, Tally> releases_;
  std::size_t shown_ = 0;
};

}  // namespace conformance
