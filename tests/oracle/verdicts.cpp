// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/corefile.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

#include "../read_file.hpp"

namespace fs = std::filesystem;

namespace {

/// CoreDNS ran in the file's folder, and saw the disk as it is.
class Disk : public corefile::Files {
 public:
  Content read(const std::string& path) const override {
    if (!fs::exists(path)) return {};
    if (fs::is_directory(path)) return {Status::directory, {}};
    return {Status::ok, read_file(path)};
  }
  std::vector<std::string> list(const std::string& folder) const override {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  bool authoritative(const std::string&) const override { return true; }
};

/// Those of a template are left out: CoreDNS never gets its text as it stands here.
std::map<std::string, std::optional<corefile::Config>> configs(const fs::path& path, const Disk& disk) {
  corefile::ResolveOptions options;
  options.files = &disk;
  options.environment.complete = true;
  std::map<std::string, std::optional<corefile::Config>> out;
  const corefile::Source file(path.string(), read_file(path));
  if (path.extension() == ".corefile") {
    out.emplace("-", corefile::resolve(corefile::parse(file), options));
    return out;
  }
  for (const corefile::Embedded& embedded : corefile::read_corefiles(file)) {
    std::optional<corefile::Config>& config = out[embedded.key];
    if (!embedded.templated) config = corefile::resolve(corefile::parse(embedded.source), options);
  }
  return out;
}

struct Tally {
  std::size_t asked = 0, agree = 0;
};

void compare(const fs::path& path, const Disk& disk, Tally& tally) {
  fs::path verdicts = path;
  std::ifstream in(verdicts += ".verdicts");
  if (!in) return;
  const std::map<std::string, std::optional<corefile::Config>> read = configs(path, disk);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string number, key, said;
    words >> number >> key >> said;
    const auto config = read.find(key);
    if (said == "outside:" || (config != read.end() && !config->second)) continue;
    ++tally.asked;
    const auto release = corefile::parse_release(number);
    if (!release || config == read.end()) {
      fmt::print("{}: nothing to compare with: {}\n", path.string(), line);
      continue;
    }
    const corefile::LoadVerdict ours = corefile::load(*config->second, *release, {}, &disk);
    if ((said == "loads") == ours.loads()) {
      ++tally.agree;
    } else {
      fmt::print("{}: {}\n  we: {}\n", path.string(), line, ours.loads() ? "loads" : ours.problems.front().message);
    }
  }
}

struct Case {
  std::string title;
  std::vector<std::string> verdicts;
  std::string text;
};

// `== TITLE`, lines of `RELEASE loads` or `RELEASE refused`, `--`, the text.
std::vector<Case> cases_of(const fs::path& path) {
  std::vector<Case> out;
  std::ifstream in(path);
  bool text = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("== ")) {
      out.push_back({line.substr(3), {}, {}});
      text = false;
    } else if (line == "--") {
      text = true;
    } else if (text) {
      out.back().text += line + '\n';
    } else if (!out.empty() && !line.empty()) {
      out.back().verdicts.push_back(line);
    }
  }
  return out;
}

void compare_cases(const fs::path& path, const Disk& disk, Tally& tally) {
  corefile::ResolveOptions options;
  options.files = &disk;
  options.environment.complete = true;
  for (const Case& one : cases_of(path)) {
    const corefile::Source source((path.parent_path() / "Corefile").string(), one.text);
    const corefile::Config config = corefile::resolve(corefile::parse(source), options);
    for (const std::string& line : one.verdicts) {
      ++tally.asked;
      std::istringstream words(line);
      std::string number, said;
      words >> number >> said;
      const auto release = corefile::parse_release(number);
      if (!release || (said != "loads" && said != "refused")) {
        fmt::print("{}: {}: no verdict: {}\n", path.string(), one.title, line);
        continue;
      }
      const corefile::LoadVerdict ours = corefile::load(config, *release, {}, &disk);
      if ((said == "loads") == ours.loads()) {
        ++tally.agree;
      } else {
        fmt::print("{}: {}: {}\n  we: {}\n", path.string(), one.title, line, ours.loads() ? "loads" : ours.problems.front().message);
      }
    }
  }
}

}  // namespace

/// verdicts_test FOLDER...: whether the library says of each FILE of the corpus what CoreDNS said, FILE.verdicts, and of each case in
/// FILE.txt.
int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: {} FOLDER...\n", argv[0]);
    return 2;
  }
  const Disk disk;
  Tally tally;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : fs::recursive_directory_iterator(argv[i])) {
      if (entry.path().extension() == ".txt")
        compare_cases(entry.path(), disk, tally);
      else if (entry.is_regular_file())
        compare(entry.path(), disk, tally);
    }
  }
  fmt::print("oracle: {} of {} verdicts agree\n", tally.agree, tally.asked);
  return tally.asked > 0 && tally.agree == tally.asked ? 0 : 1;
}
