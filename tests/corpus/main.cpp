// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/corefile.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The corpus as files beside the Corefile; a manifest's imports lie in a container.
class CorpusFiles : public corefile::Files {
 public:
  CorpusFiles(fs::path root, bool beside) : root_(std::move(root)), beside_(beside) {}
  Content read(const std::string& path) const override {
    if (!authoritative(path) || !fs::exists(root_ / path)) return {};
    if (fs::is_directory(root_ / path)) return {Status::directory, {}};
    return {Status::ok, text_of(root_ / path)};
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
  return extension == ".corefile" || extension == ".yaml" || extension == ".json";
}

std::string found_in(const fs::path& root, const std::string& name) {
  const CorpusFiles files(root, name.ends_with(".corefile"));
  corefile::Options options;
  options.files = &files;
  return corefile::render_concise({corefile::check(corefile::Source(name, text_of(root / name)), options)});
}

}  // namespace

/// corpus_test FOLDER: compares what is said of each file with FILE.expected. With COREFILE_REFRESH=1 it rewrites those instead.
int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: {} FOLDER\n", argv[0]);
    return 2;
  }
  const fs::path root = argv[1];
  const char* const wanted = std::getenv("COREFILE_REFRESH");
  const bool refreshing = wanted != nullptr && *wanted == '1';
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (is_input(entry.path())) names.push_back(entry.path().lexically_relative(root).generic_string());
  }
  std::sort(names.begin(), names.end());
  std::size_t wrong = 0;
  for (const std::string& name : names) {
    const fs::path file = root / (name + ".expected");
    const std::string expected = text_of(file);
    const std::string found = found_in(root, name);
    if (fs::exists(file) && found == expected) continue;
    if (refreshing) {
      std::ofstream(file, std::ios::binary) << found;
      fmt::print("{}\n", file.generic_string());
      continue;
    }
    ++wrong;
    fmt::print("{}: expected\n{}but found\n{}", name, expected, found);
  }
  if (!refreshing) fmt::print("corpus: {} of {} files as expected\n", names.size() - wrong, names.size());
  return !names.empty() && wrong == 0 ? 0 : 1;
}
