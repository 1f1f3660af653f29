// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "../case_files.hpp"
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
  const auto refresh = [](syntax_test::Case& one) { one.sections = syntax_test::answers(one); };
  const case_files::Ran ran = case_files::run(argc, argv, syntax_test::read_cases, disagreements, refresh, syntax_test::print_cases);
  if (!ran.refreshed) fmt::print("syntax: {} cases, {} disagreements\n", ran.cases, ran.wrong);
  return ran.cases > 0 && ran.wrong == 0 ? 0 : 1;
}
