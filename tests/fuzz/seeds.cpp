// SPDX-License-Identifier: Apache-2.0
#include <corefile/corefile.hpp>
#include <filesystem>
#include <fstream>

#include <iterator>

#include "../pages/page.hpp"
#include "cases.hpp"

namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

void write_pages(const fs::path& folder) {
  for (const corefile::Catalogue::Entry& entry : corefile::Catalogue::builtin().entries()) {
    int number = 0;
    for (const pages::Fence& fence : pages::read_markdown(entry.page).fences) {
      if (fence.language != "corefile" && fence.language != "yaml") continue;
      write(folder / (std::string(entry.name) + '-' + std::to_string(++number)), fence.text);
    }
  }
}

void write_reviews(const fs::path& folder, const fs::path& cases) {
  constexpr std::size_t longest = 4096;  // larger ones say nothing new, and are slow
  std::ifstream in(cases, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  for (const cli_test::Case& one : cli_test::read_cases(text).all) {
    for (const cli_test::Section& section : one.given) {
      if (!section.title.starts_with("stdin") || section.text.size() > longest) continue;
      write(folder / (cases.stem().string() + '-' + std::to_string(one.line)), section.text);
    }
  }
}

}  // namespace

/// fuzz_seeds FOLDER CASES: writes every Corefile and manifest of the rules' pages, and every review of the webhook's cases, to a
/// file of its own.
int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const fs::path folder = argv[1];
  fs::create_directories(folder);
  write_pages(folder);
  for (const fs::directory_entry& cases : fs::directory_iterator(argv[2])) write_reviews(folder, cases.path());
}
