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

struct Arguments {
  std::vector<std::string> paths;
  conformance::LoadOptions load;
  conformance::FlowOptions flow;
  std::string traps;
  bool must_reach = false, formatted = false, printed = false;
};

Arguments read_arguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 2; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const bool more = i + 1 < argc;
    if (argument == "--quiet") {
      arguments.load.quiet = true;
    } else if (argument == "--traps" && more) {
      arguments.traps = argv[++i];
    } else if (argument == "--quotes") {
      arguments.load.quotes = true;
    } else if (argument == "--must-reach") {
      arguments.load.quiet = arguments.must_reach = true;
    } else if (argument == "--printed") {
      arguments.printed = true;
    } else if (argument == "--formatted") {
      arguments.formatted = true;
    } else if (argument == "--since" && more) {
      arguments.load.since = corefile::parse_release(argv[++i]).value_or(corefile::newest_release());
    } else if (argument == "--show" && more) {
      arguments.flow.show = static_cast<std::size_t>(std::strtoul(argv[++i], nullptr, 10));
    } else if (argument == "--only" && more) {
      arguments.flow.only = argv[++i];
    } else if (argument == "--release" && more) {
      arguments.flow.release = corefile::parse_release(argv[++i]).value_or(corefile::newest_release());
    } else if (argument == "--sure") {
      arguments.flow.sure = true;
    } else if (argument == "--others") {
      arguments.flow.others = true;
    } else {
      arguments.paths.emplace_back(argument);
    }
  }
  arguments.flow.quiet = arguments.load.quiet;
  return arguments;
}

}  // namespace

/// conformance IMPORTS [--quiet] [--since RELEASE] FILE…: compares each recorded case with what the library says; 1 if any disagrees.
/// --show N: so many ways of queries that disagree, both ways each; --only: of a plugin that answers, a set or a case; --release;
/// --others: authority and additional records too; --sure: those that depend on nothing.
/// --quotes: what we quote CoreDNS with and is not what it says.
/// --traps: traps.txt.
/// --formatted: of trees, what becomes of them where the text is formatted first. --printed: of trees, whether `print --config` gives the
/// same. --must-reach: 1 only if fewer agree than must.
int main(int argc, char** argv) {
  const Arguments arguments = read_arguments(argc, argv);
  if (arguments.paths.empty()) {
    fmt::print(stderr,
               "usage: {} IMPORTS-FOLDER [--quiet] [--must-reach] [--quotes] [--traps FILE] [--formatted] [--printed] [--since RELEASE] "
               "[--show N] [--only NAME] [--others] [--sure] [--release RELEASE] FILE.jsonl...\n",
               argv[0]);
    return 2;
  }
  const conformance::RecordedFiles files(argv[1]);
  const std::vector<corefile::Release> releases = recorded_releases(fs::path(argv[1]));
  conformance::Totals totals;
  conformance::LoadTotals load;
  std::vector<nlohmann::json> slips;
  conformance::Flows flows(files, (fs::path(argv[1]).parent_path() / "flow-files.jsonl").string(), arguments.flow);
  for (const std::string& path : arguments.paths) {
    std::ifstream in(path);
    if (!in) {
      fmt::print(stderr, "{}: cannot be read\n", path);
      return 2;
    }
    for (std::string line; std::getline(in, line);) {
      if (line.empty()) continue;
      const nlohmann::json recorded = nlohmann::json::parse(line);
      if (recorded.contains("ok")) {
        if (arguments.printed) {
          conformance::compare_spelled(recorded, files, totals);
        } else {
          conformance::compare_tree(recorded, files, arguments.formatted, totals);
        }
      } else if (recorded.contains("flows")) {
        flows.add(recorded);
      } else if (recorded.contains("effect")) {
        slips.push_back(recorded);
      } else if (recorded.contains("verdicts")) {
        conformance::compare_load(recorded, fs::path(path).stem().string(), releases, files, arguments.load, load);
      }
    }
  }
  conformance::Slips compared;
  compared.read_traps(arguments.traps);
  conformance::SlipDiffs diffs(files);
  std::stable_partition(slips.begin(), slips.end(), [](const nlohmann::json& slip) { return slip.at("effect") == "base"; });
  for (const nlohmann::json& slip : slips) compared.add(slip, files, arguments.load.quiet);
  // Of those that are not shown, each fifth will do.
  std::size_t at = 0;
  for (const nlohmann::json& slip : slips) {
    if (!arguments.load.quiet || slip.at("effect") == "base" || ++at % 5 == 0) diffs.add(slip, arguments.load.quiet);
  }
  if (!slips.empty()) {
    compared.print();
    diffs.print();
  }
  if (load.all.asked > 0) conformance::print(load);
  if (!flows.empty()) flows.print();
  if (totals.trees > 0) fmt::print("trees: {} of {} agree\n", totals.trees_agree, totals.trees);
  if (arguments.printed) fmt::print("{} of them have no other text\n", totals.unspelled);
  if (arguments.must_reach) {
    const bool loads = load.all.asked == 0 || conformance::reached(load);
    const bool slipped = slips.empty() || (compared.reached() && diffs.reached());
    const bool flowed = flows.empty() || flows.reached();
    return loads && slipped && flowed && totals.trees_agree == totals.trees ? 0 : 1;
  }
  return totals.trees_agree == totals.trees && load.all.agree() == load.all.asked && compared.good() && flows.good() ? 0 : 1;
}
