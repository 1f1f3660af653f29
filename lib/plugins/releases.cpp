// SPDX-License-Identifier: Apache-2.0
#include <corefile/load.hpp>
#include <map>
#include <utility>

namespace corefile {
namespace {

void drop_release(std::string& message, Release release) {
  const std::string words = ", and this is " + to_string(release);
  if (message.ends_with(words)) message.resize(message.size() - words.size());
}

bool same(const std::optional<Problem>& a, const std::optional<Problem>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->place == b->place && a->message == b->message;
}

// Each file is read once for all releases.
class ReadOnce final : public Files {
 public:
  explicit ReadOnce(const Files& files) : files_(files) {}
  Content read(const std::string& path) const override {
    const auto [at, first] = read_.try_emplace(path);
    if (first) at->second = files_.read(path);
    return at->second;
  }
  std::vector<std::string> list(const std::string& folder) const override { return files_.list(folder); }
  bool authoritative(const std::string& path) const override { return files_.authoritative(path); }

 private:
  const Files& files_;
  mutable std::map<std::string, Content> read_;
};

}  // namespace

std::vector<ReleaseRun> load_by_release(const Config& config, std::span<const Release> releases, const ExternalPlugins& external,
                                        const Files* files) {
  std::optional<ReadOnce> once;
  if (files != nullptr) once.emplace(*files);
  std::vector<ReleaseRun> runs;
  for (std::uint32_t i = 0; i < releases.size(); ++i) {
    LoadVerdict verdict = load(config, releases[i], external, once ? &*once : nullptr);
    std::optional<Problem> fault;
    if (!verdict.loads()) {
      fault = std::move(verdict.problems.front());
      drop_release(fault->message, releases[i]);
    }
    if (runs.empty() || !same(runs.back().problem, fault)) runs.push_back({i, i, std::move(fault)});
    runs.back().last = i;
    runs.back().depends = runs.back().depends || verdict.depends;
  }
  return runs;
}

}  // namespace corefile
