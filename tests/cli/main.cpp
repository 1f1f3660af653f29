// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "../case_files.hpp"
#include "arguments.hpp"
#include "cases.hpp"
#include "help.hpp"
#include "help_page.hpp"

namespace {

std::string shown(const std::vector<cli_test::Section>& sections) {
  cli_test::Cases cases;
  cases.all.push_back({0, "", "", {}, sections});
  const std::string text = cli_test::print_cases(cases);
  return text.substr(text.find('\n') + 2);
}

std::size_t disagreements(const std::string& path, const cli_test::Cases& cases) {
  std::size_t count = 0;
  for (const cli_test::Case& one : cases.all) {
    const std::string wanted = shown(one.expected);
    const std::string got = shown(cli_test::answers(one));
    if (got == wanted) continue;
    ++count;
    fmt::print("{}:{}: {}: should be\n{}but is\n{}", path, one.line, one.name, wanted, got);
  }
  return count;
}

// Help is written by hand, so each option must be found in it, in the form that the manual page and the completions are made from.
std::size_t unexplained() {
  std::size_t count = 0;
  for (const std::string_view command :
       {"check", "releases", "ask", "diff", "upgrade", "test", "format", "hash", "config", "explain", "rules", "print", "version"}) {
    const std::vector<corefile::app::HelpItem> explained =
        corefile::app::options_of(corefile::app::read_help(corefile::app::help(command)));
    for (const std::string& option : corefile::app::option_names(command)) {
      const auto names = [&](const corefile::app::HelpItem& item) {
        return std::find(item.names.begin(), item.names.end(), option) != item.names.end() && !item.about.empty();
      };
      if (std::any_of(explained.begin(), explained.end(), names)) continue;
      ++count;
      fmt::print("the help of {} says nothing of {}\n", command, option);
    }
  }
  return count;
}

}  // namespace

/// cli_test FILE…: runs each case. With COREFILE_REFRESH=1 it rewrites the files instead.
int main(int argc, char** argv) {
  const auto refresh = [](cli_test::Case& one) { one.expected = cli_test::answers(one); };
  const std::size_t silent = unexplained();
  const case_files::Ran ran = case_files::run(argc, argv, cli_test::read_cases, disagreements, refresh, cli_test::print_cases);
  if (!ran.refreshed) fmt::print("cli: {} cases, {} disagreements\n", ran.cases, ran.wrong + silent);
  return ran.cases > 0 && ran.wrong + silent == 0 ? 0 : 1;
}
