// SPDX-License-Identifier: Apache-2.0
#include <corefile/corefile.hpp>
#include <filesystem>
#include <fstream>

#include "../pages/page.hpp"

/// fuzz_seeds FOLDER: writes every Corefile and manifest of the rules' pages to a file of its own.
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  for (const corefile::Catalogue::Entry& entry : corefile::Catalogue::builtin().entries()) {
    int number = 0;
    for (const pages::Fence& fence : pages::read_markdown(entry.page).fences) {
      if (fence.language != "corefile" && fence.language != "yaml") continue;
      const std::string name = std::string(entry.rule->name) + '-' + std::to_string(++number);
      std::ofstream(folder / name, std::ios::binary) << fence.text;
    }
  }
}
