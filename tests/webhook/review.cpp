// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "../read_file.hpp"
#include "cases.hpp"
#include "start.hpp"

/// Cases in the form of tests/cli/cases.hpp: `$ corefile-webhook --review - …` in a folder with the given files.
namespace {

namespace fs = std::filesystem;
using cli_test::Section;

std::string plain_title(std::string_view title) { return std::string(title.substr(0, title.find(" [escaped]"))); }

/// `@@1000@@TEXT@@` stands for TEXT 1000 times, with its number for each `%N`.
std::string repeated(std::string_view text) {
  constexpr std::string_view mark = "@@";
  std::string out;
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark)) {
    out += text.substr(0, at);
    text.remove_prefix(at + mark.size());
    const int count = std::stoi(std::string(text));
    text.remove_prefix(text.find(mark) + mark.size());
    const std::string_view part = text.substr(0, text.find(mark));
    text.remove_prefix(part.size() + mark.size());
    for (int i = 0; i < count; ++i) {
      std::string copy(part);
      for (std::size_t n = copy.find("%N"); n != std::string::npos; n = copy.find("%N")) copy.replace(n, 2, std::to_string(i));
      out += copy;
    }
  }
  return out += text;
}

std::vector<Section> run(const cli_test::Case& one) {
  fs::remove_all(fs::current_path() / "case");
  fs::create_directory("case");
  fs::current_path("case");
  std::string input;
  for (const Section& section : one.given) {
    const std::string title = plain_title(section.title);
    if (title == "stdin") {
      input = repeated(section.text);
      continue;
    }
    const fs::path path = title.substr(5);
    if (path.has_parent_path()) fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << section.text;
  }
  std::istringstream command(cli_test::unescape(one.command.substr(2)));
  std::vector<std::string> words;
  for (std::string word; command >> word;) words.push_back(word);
  if (words.empty() || words.front() != "corefile-webhook") throw std::runtime_error(one.name + ": the command is not corefile-webhook");
  words.erase(words.begin());
  const corefile::webhook::Start start = corefile::webhook::start(words, [&] { return input; });
  fs::current_path("..");

  std::vector<Section> got;
  const auto add = [&](std::string title, std::string text) { got.push_back({std::move(title), {}, std::move(text)}); };
  if (!start.outcome.out.empty()) add("stdout", start.outcome.out);
  if (!start.outcome.err.empty()) add("stderr", start.outcome.err);
  if (start.outcome.exit != 0) add("exit " + std::to_string(start.outcome.exit), {});
  if (start.serve) add("serves", {});
  return got;
}

std::string shown(const std::vector<Section>& sections) {
  cli_test::Cases cases;
  cases.all.push_back({0, "", "", {}, sections});
  const std::string text = cli_test::print_cases(cases);
  return text.substr(text.find('\n') + 2);
}

// Help is written by hand, so each option must be found in it.
std::size_t unexplained() {
  std::size_t count = 0;
  for (const std::string& option : corefile::webhook::option_names()) {
    if (corefile::webhook::help().find("  " + option + ' ') != std::string_view::npos) continue;
    ++count;
    fmt::print("the help says nothing of {}\n", option);
  }
  return count;
}

}  // namespace

/// webhook_review_test FILE…: runs each case. With COREFILE_REFRESH=1 it rewrites the files instead.
int main(int argc, char** argv) {
  const char* const wanted = std::getenv("COREFILE_REFRESH");
  const bool refreshing = wanted != nullptr && *wanted == '1';
  std::string folder = (fs::temp_directory_path() / "corefile-webhook-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i) paths.push_back(fs::absolute(argv[i]).string());
  fs::current_path(folder);

  std::size_t count = 0;
  std::size_t wrong = unexplained();
  for (const std::string& path : paths) {
    const std::string text = read_file(path);
    cli_test::Cases cases = cli_test::read_cases(text);
    for (cli_test::Case& one : cases.all) {
      ++count;
      const std::vector<Section> got = run(one);
      if (refreshing) {
        one.expected = got;
      } else if (shown(got) != shown(one.expected)) {
        ++wrong;
        fmt::print("{}:{}: {}: should be\n{}but is\n{}", path, one.line, one.name, shown(one.expected), shown(got));
      }
    }
    if (!refreshing) continue;
    if (const std::string fresh = cli_test::print_cases(cases); fresh != text) {
      std::ofstream(path, std::ios::binary) << fresh;
      fmt::print("{}\n", path);
    }
  }
  fs::current_path("/");
  fs::remove_all(folder);
  if (!refreshing) fmt::print("webhook.review: {} cases, {} disagreements\n", count, wrong);
  return count > 0 && wrong == 0 ? 0 : 1;
}
