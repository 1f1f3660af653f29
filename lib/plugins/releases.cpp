// SPDX-License-Identifier: Apache-2.0
#include <corefile/load.hpp>
#include <utility>

namespace corefile {
namespace {

void drop_release(std::string& message, Release release) {
  const std::string words = ", and this is " + to_string(release);
  if (message.ends_with(words)) message.resize(message.size() - words.size());
}

bool same(const std::optional<LoadFault>& a, const std::optional<LoadFault>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->place == b->place && a->message == b->message;
}

}  // namespace

std::vector<ReleaseRun> load_by_release(const Config& config, std::span<const Release> releases, const ExternalPlugins& external) {
  std::vector<ReleaseRun> runs;
  for (std::uint32_t i = 0; i < releases.size(); ++i) {
    LoadVerdict verdict = load(config.as_read(), releases[i], external);
    std::optional<LoadFault> fault;
    if (!verdict.loads()) {
      fault = std::move(verdict.faults.front());
      drop_release(fault->message, releases[i]);
    }
    if (runs.empty() || !same(runs.back().fault, fault)) runs.push_back({i, i, std::move(fault)});
    runs.back().last = i;
    runs.back().depends = runs.back().depends || verdict.depends;
  }
  return runs;
}

}  // namespace corefile
