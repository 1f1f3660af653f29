// SPDX-License-Identifier: Apache-2.0
#include "conformance.hpp"

#include <fmt/format.h>

#include <filesystem>

/// conformance IMPORTS FILE…: compares each recorded case with what the library says; 1 if any disagrees.
int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: {} IMPORTS-FOLDER FILE.jsonl…\n", argv[0]);
    return 2;
  }
  const conformance::RecordedFiles files(argv[1]);
  conformance::Totals totals;
  for (int i = 2; i < argc; ++i) {
    std::ifstream in(argv[i]);
    if (!in) {
      fmt::print(stderr, "{}: cannot be read\n", argv[i]);
      return 2;
    }
    for (std::string line; std::getline(in, line);) {
      if (line.empty()) continue;
      const nlohmann::json recorded = nlohmann::json::parse(line);
      if (recorded.contains("ok")) conformance::compare_tree(recorded, files, totals);
    }
  }
  if (totals.trees > 0) fmt::print("trees: {} of {} agree\n", totals.trees_agree, totals.trees);
  return totals.trees_agree == totals.trees ? 0 : 1;
}
