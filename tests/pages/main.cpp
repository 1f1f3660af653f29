// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "../read_file.hpp"
#include "checks.hpp"
#include "others.hpp"

namespace {

/// True if the page holds what it promises.
bool test(const corefile::Catalogue::Entry& entry, const std::string& folder) {
  const std::string path = fmt::format("rules/{}/{}.md", entry.group, entry.name);
  const std::string text = read_file(folder + '/' + path);
  std::vector<std::string> faults;
  if (text != entry.page) {
    faults.push_back(text.empty() ? "1: there is no such page: a rule is named like its file" : "1: built from an older page: build again");
  }
  if (!text.empty()) {
    for (std::string& fault : pages::check_page(entry, text)) faults.push_back(std::move(fault));
  }
  for (const std::string& fault : faults) fmt::print("{}:{}\n", path, fault);
  return faults.empty();
}

void refresh(const corefile::Catalogue::Entry& entry, const std::string& folder) {
  const std::string path = fmt::format("{}/rules/{}/{}.md", folder, entry.group, entry.name);
  const std::string text = read_file(path);
  const std::string fresh = pages::refreshed(entry, text);
  if (fresh == text) return;
  std::ofstream(path, std::ios::binary) << fresh;
  fmt::print("{}\n", path);
}

}  // namespace

/// pages_test SOURCE-FOLDER [PAGE…]: runs the pages' examples and the corpus. With COREFILE_REFRESH=1 it rewrites their outputs instead.
int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: {} SOURCE-FOLDER [PAGE…]\n", argv[0]);
    return 2;
  }
  const char* const wanted = std::getenv("COREFILE_REFRESH");
  const bool refreshing = wanted != nullptr && *wanted == '1';
  std::size_t count = 0;
  std::size_t held = 0;
  for (const corefile::Catalogue::Entry& entry : corefile::Catalogue::builtin().entries()) {
    bool chosen = argc == 2;
    for (int i = 2; i < argc; ++i) chosen = chosen || entry.name == argv[i];
    if (!chosen) continue;
    ++count;
    if (refreshing) {
      refresh(entry, argv[1]);
      ++held;
    } else {
      held += test(entry, argv[1]) ? 1 : 0;
    }
  }
  if (!refreshing) fmt::print("pages: {} of {} hold\n", held, count);
  const bool others = argc > 2 || pages::check_others(argv[1], refreshing);
  return count > 0 && held == count && others ? 0 : 1;
}
