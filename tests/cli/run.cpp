// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>

#include "app.hpp"
#include "cases.hpp"
#include "catalogue.hpp"

namespace cli_test {
namespace {

namespace fs = std::filesystem;

/// An empty folder that is the process's own while it lives.
class Folder {
 public:
  Folder() : before_(fs::current_path()) {
    std::random_device random;
    do path_ = fs::temp_directory_path() / ("corefile-cli-" + std::to_string(random()));
    while (!fs::create_directory(path_));
    fs::current_path(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::current_path(before_, ignored);
    fs::remove_all(path_, ignored);
  }

 private:
  fs::path before_, path_;
};

// Blanks separate; quotes keep them.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  bool within = false;
  char quote = 0;
  for (const char c : text) {
    if (quote == 0 && c == ' ') {
      within = false;
      continue;
    }
    if (!within) words.emplace_back();
    within = true;
    if (c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else {
      words.back() += c;
    }
  }
  return words;
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string plain_title(std::string_view title) { return std::string(title.substr(0, title.find(" [escaped]"))); }

}  // namespace

std::vector<Section> answers(const Case& one) {
  const Folder folder;
  std::optional<std::string> input;
  for (const Section& section : one.given) {
    const std::string title = plain_title(section.title);
    if (title == "stdin") {
      input = section.text;
      continue;
    }
    const fs::path path = title.substr(5);
    if (path.has_parent_path()) fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << section.text;
  }

  std::vector<std::string> words = split(unescape(one.command.substr(2)));
  std::map<std::string, std::string, std::less<>> environment;
  corefile::app::Invocation invocation;
  invocation.catalogue = &catalogue();
  invocation.standard_input = [&] { return input; };
  invocation.piped = input.has_value();
  invocation.rule_pages = "https://example.invalid/rules";
  invocation.environment = [&](const char* name) -> const char* {
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : found->second.c_str();
  };
  const auto program = std::find(words.begin(), words.end(), "corefile-lint");
  if (program == words.end()) throw std::runtime_error(one.name + ": the command is not corefile-lint");
  for (auto word = words.begin(); word != program; ++word) {
    if (*word == "tty") {
      invocation.terminal = true;
      invocation.columns = 100;
    } else {
      environment[word->substr(0, word->find('='))] = word->substr(word->find('=') + 1);
    }
  }
  invocation.arguments.assign(program + 1, words.end());

  const corefile::app::Outcome outcome = corefile::app::run(invocation);
  std::vector<Section> got;
  const auto add = [&](std::string title, std::string text) { got.push_back({std::move(title), {}, std::move(text)}); };
  if (!outcome.out.empty()) add("stdout", outcome.out);
  if (!outcome.err.empty()) add("stderr", outcome.err);
  if (outcome.exit != 0) add("exit " + std::to_string(outcome.exit), {});
  for (const Section& section : one.expected) {
    if (const std::string title = plain_title(section.title); title.starts_with("after ")) add(title, read(title.substr(6)));
  }
  return got;
}

}  // namespace cli_test
