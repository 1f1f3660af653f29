// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "../read_file.hpp"
#include "cases.hpp"

namespace {

bool refreshing() {
  const char* const wanted = std::getenv("COREFILE_REFRESH");
  return wanted != nullptr && *wanted == '1';
}

}  // namespace

TEST_CASE("each manifest in a text file gives what stands behind it; COREFILE_REFRESH=1 writes it anew") {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(COREFILE_SOURCE "/tests/manifest/cases")) {
    std::vector<manifest_test::Case> cases = manifest_test::read_cases(read_file(entry.path()));
    count += cases.size();
    for (manifest_test::Case& one : cases) {
      const std::string found = manifest_test::describe(one.file);
      if (!refreshing()) {
        INFO(entry.path().filename().string() << ':' << one.line << ": " << one.name);
        CHECK(found == one.found);
      }
      one.found = found;
    }
    if (refreshing()) std::ofstream(entry.path(), std::ios::binary) << manifest_test::print_cases(cases);
  }
  CHECK(count > 0);
}
