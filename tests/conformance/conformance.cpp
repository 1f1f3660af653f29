// SPDX-License-Identifier: Apache-2.0
#include "conformance.hpp"
#include "flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace {

namespace fs = std::filesystem;

// The releases the verdicts were recorded in stand beside the imports.
std::vector<corefile::Release> recorded_releases(const fs::path& imports) {
  std::vector<corefile::Release> releases;
  std::ifstream in(imports.parent_path() / "releases.txt");
  for (std::string line; std::getline(in, line);) {
    if (const auto release = corefile::parse_release(line)) releases.push_back(*release);
  }
  return releases;
}

}  // namespace

/// conformance IMPORTS [--quiet] [--since RELEASE] FILE…: compares each recorded case with what the library says; 1 if any disagrees.
/// --show N: so many ways of queries that disagree, both ways each; --only: of a plugin that answers, a set or a case; --release;
/// --others: authority and additional records too; --sure: those that depend on nothing.
/// --must-reach: 1 only if fewer agree than must.
int main(int argc, char** argv) {
  std::vector<std::string> paths;
  conformance::LoadOptions options;
  conformance::FlowOptions flow_options;
  bool must_reach = false;
  for (int i = 2; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--show" && i + 1 < argc) {
      flow_options.show = static_cast<std::size_t>(std::strtoul(argv[++i], nullptr, 10));
    } else if (argument == "--only" && i + 1 < argc) {
      flow_options.only = argv[++i];
    } else if (argument == "--sure") {
      flow_options.sure = true;
    } else if (argument == "--others") {
      flow_options.others = true;
    } else if (argument == "--release" && i + 1 < argc) {
      flow_options.release = corefile::parse_release(argv[++i]).value_or(corefile::newest_release());
    } else if (argument == "--quiet") {
      options.quiet = true;
    } else if (argument == "--must-reach") {
      options.quiet = must_reach = true;
    } else if (argument == "--since" && i + 1 < argc) {
      options.since = corefile::parse_release(argv[++i]).value_or(corefile::newest_release());
    } else {
      paths.emplace_back(argument);
    }
  }
  if (paths.empty()) {
    fmt::print(stderr,
               "usage: {} IMPORTS-FOLDER [--quiet] [--must-reach] [--since RELEASE] [--show N] [--only NAME] [--others] [--sure] "
               "[--release RELEASE] FILE.jsonl...\n",
               argv[0]);
    return 2;
  }
  const conformance::RecordedFiles files(argv[1]);
  const std::vector<corefile::Release> releases = recorded_releases(fs::path(argv[1]));
  conformance::Totals totals;
  conformance::LoadTotals load;
  std::vector<nlohmann::json> slips;
  flow_options.quiet = options.quiet;
  conformance::Flows flows(files, (fs::path(argv[1]).parent_path() / "flow-files.jsonl").string(), flow_options);
  for (const std::string& path : paths) {
    std::ifstream in(path);
    if (!in) {
      fmt::print(stderr, "{}: cannot be read\n", path);
      return 2;
    }
    for (std::string line; std::getline(in, line);) {
      if (line.empty()) continue;
      const nlohmann::json recorded = nlohmann::json::parse(line);
      if (recorded.contains("ok")) {
        conformance::compare_tree(recorded, files, totals);
      } else if (recorded.contains("flows")) {
        flows.add(recorded);
      } else if (recorded.contains("effect")) {
        slips.push_back(recorded);
      } else if (recorded.contains("verdicts")) {
        conformance::compare_load(recorded, fs::path(path).stem().string(), releases, files, options, load);
      }
    }
  }
  conformance::Slips compared;
  std::stable_partition(slips.begin(), slips.end(), [](const nlohmann::json& slip) { return slip.at("effect") == "base"; });
  for (const nlohmann::json& slip : slips) compared.add(slip, files, options.quiet);
  if (!slips.empty()) compared.print();
  if (load.all.asked > 0) conformance::print(load);
  if (!flows.empty()) flows.print();
  if (totals.trees > 0) fmt::print("trees: {} of {} agree\n", totals.trees_agree, totals.trees);
  if (must_reach) {
    const bool loads = load.all.asked == 0 || conformance::reached(load);
    const bool slipped = slips.empty() || compared.reached();
    const bool flowed = flows.empty() || flows.reached();
    return loads && slipped && flowed && totals.trees_agree == totals.trees ? 0 : 1;
  }
  return totals.trees_agree == totals.trees && load.all.agree() == load.all.asked && compared.good() && flows.good() ? 0 : 1;
}
