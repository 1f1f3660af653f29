// SPDX-License-Identifier: Apache-2.0
#include "others.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <corefile/corefile.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "../read_file.hpp"
#include "run.hpp"

namespace pages {
namespace fs = std::filesystem;

namespace {

/// The corpus as files beside the Corefile; a manifest's imports lie in a container.
class CorpusFiles : public corefile::Files {
 public:
  CorpusFiles(fs::path root, bool beside) : root_(std::move(root)), beside_(beside) {}
  Content read(const std::string& path) const override {
    if (!authoritative(path) || !fs::exists(root_ / path)) return {};
    if (fs::is_directory(root_ / path)) return {Status::directory, {}};
    return {Status::ok, read_file(root_ / path)};
  }
  std::vector<std::string> list(const std::string& folder) const override {
    std::vector<std::string> names;
    if (!authoritative(folder) || !fs::is_directory(root_ / folder)) return names;
    for (const auto& entry : fs::directory_iterator(root_ / folder)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  bool authoritative(const std::string& path) const override { return beside_ && !path.starts_with('/'); }

 private:
  fs::path root_;
  bool beside_;
};

bool is_input(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".corefile" || extension == ".yaml" || extension == ".json" || extension == ".tf";
}

std::string found_in(const fs::path& root, const std::string& name) {
  const CorpusFiles files(root, name.ends_with(".corefile"));
  corefile::Options options;
  options.files = &files;
  return corefile::render_concise({corefile::check(corefile::Source(name, read_file(root / name)), options)});
}

std::string of_corpus(const fs::path& root) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (is_input(entry.path())) names.push_back(entry.path().lexically_relative(root).generic_string());
  }
  std::sort(names.begin(), names.end());
  std::string out;
  for (const std::string& name : names) out += fmt::format("== corpus/{}\n{}", name, found_in(root, name));
  return out;
}

// Those of which others say nothing are left out.
std::string of_pages() {
  std::string out;
  for (const corefile::Catalogue::Entry& entry : corefile::Catalogue::builtin().entries()) {
    const Markdown page = read_markdown(entry.page);
    std::size_t numbers[2]{};
    for (const Example& example : read_examples(page).examples) {
      const std::size_t number = ++numbers[example.bad ? 1 : 0];
      const std::string said = corefile::render_concise({without(run(example, example.fence->text), entry.name)});
      if (!said.empty()) {
        out += fmt::format("== rules/{}/{}.md, {} {}\n{}", entry.group, entry.name, example.bad ? "bad" : "good", number, said);
      }
    }
  }
  return out;
}

/// The sections that the one text has and the other has not, or has otherwise.
std::string sections_not_in(const std::string& text, const std::string& other) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find("\n== ", at), text.size() - 1) + 1;
    const std::string section = text.substr(at, next - at);
    if (other.find(section) == std::string::npos) out += section;
    at = next;
  }
  return out;
}

}  // namespace

bool check_others(const std::string& folder, bool refresh) {
  const fs::path path = fs::path(folder) / "tests/pages/others.txt";
  const std::string expected = read_file(path);
  const std::string found =
      "What the rules say of the corpus, and of the examples of pages that are not their own. `./dev refresh` rewrites it.\n\n" +
      of_corpus(fs::path(folder) / "corpus") + of_pages();
  if (found == expected) return true;
  if (refresh) {
    std::ofstream(path, std::ios::binary) << found;
    fmt::print("{}\n", path.generic_string());
    return true;
  }
  fmt::print("tests/pages/others.txt: expected\n{}but found\n{}", sections_not_in(expected, found), sections_not_in(found, expected));
  return false;
}

}  // namespace pages
