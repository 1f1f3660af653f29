// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "read_file.hpp"

/// Files of cases with what is expected of them.
namespace case_files {

struct Ran {
  bool refreshed = false;
  std::size_t cases = 0;
  std::size_t wrong = 0;
};

/// Of each file `read` makes Cases, `disagreements(path, cases)` tells and counts those in which something else is so than is expected.
/// With COREFILE_REFRESH=1 the files are written anew instead: `refresh(case)` expects what is so, `print(cases)` makes the text.
template <typename Read, typename Disagreements, typename Refresh, typename Print>
Ran run(int argc, char** argv, Read read, Disagreements disagreements, Refresh refresh, Print print) {
  const char* const wanted = std::getenv("COREFILE_REFRESH");
  Ran ran{wanted != nullptr && *wanted == '1'};
  for (int i = 1; i < argc; ++i) {
    const std::string text = read_file(argv[i]);
    auto cases = read(text);
    ran.cases += cases.all.size();
    if (!ran.refreshed) {
      ran.wrong += disagreements(argv[i], cases);
      continue;
    }
    for (auto& one : cases.all) refresh(one);
    if (const std::string fresh = print(cases); fresh != text) {
      std::ofstream(argv[i], std::ios::binary) << fresh;
      std::puts(argv[i]);
    }
  }
  return ran;
}

}  // namespace case_files
