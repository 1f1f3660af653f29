// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "cases.hpp"

namespace {

std::size_t disagreements(const std::string& path, const syntax_test::Cases& cases) {
  std::size_t count = 0;
  for (const syntax_test::Case& one : cases.all) {
    const std::vector<syntax_test::Section> got = syntax_test::answers(one);
    for (std::size_t i = 0; i < got.size(); ++i) {
      if (got[i].text == one.sections[i].text) continue;
      ++count;
      fmt::print("{}:{}: {}: the {} should be\n{}but is\n{}", path, one.line, one.name, got[i].title, one.sections[i].text, got[i].text);
    }
    if (got.empty()) fmt::print("{}:{}: {}: nothing is expected\n", path, one.line, one.name);
    count += got.empty() ? 1 : 0;
  }
  return count;
}

}  // namespace

/// syntax_test FILE…: compares each case with what the library says. With COREFILE_REFRESH=1 it rewrites the files instead.
int main(int argc, char** argv) {
  const char* const wanted = std::getenv("COREFILE_REFRESH");
  const bool refreshing = wanted != nullptr && *wanted == '1';
  std::size_t count = 0;
  std::size_t wrong = 0;
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    syntax_test::Cases cases = syntax_test::read_cases(text.str());
    count += cases.all.size();
    if (!refreshing) {
      wrong += disagreements(argv[i], cases);
      continue;
    }
    for (syntax_test::Case& one : cases.all) one.sections = syntax_test::answers(one);
    in.close();
    if (const std::string fresh = syntax_test::print_cases(cases); fresh != text.str()) {
      std::ofstream(argv[i], std::ios::binary) << fresh;
      fmt::print("{}\n", argv[i]);
    }
  }
  if (!refreshing) fmt::print("syntax: {} cases, {} disagreements\n", count, wrong);
  return count > 0 && wrong == 0 ? 0 : 1;
}
