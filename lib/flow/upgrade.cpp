// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/flow_upgrade.hpp>
#include <utility>

namespace corefile {
namespace {

/// Known ones from `from` to `to`, in the order of the way.
std::vector<Release> releases_between(Release from, Release to) {
  std::vector<Release> way;
  for (const Release release : known_releases()) {
    if (std::min(from, to) <= release && release <= std::max(from, to)) way.push_back(release);
  }
  if (to < from) std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace

Upgrade upgrade(const Config& config, Release from, Release to, const World& world, const ExternalPlugins& external) {
  Upgrade out;
  out.from = from;
  out.to = to;
  std::vector<std::pair<Release, Flow>> loading;
  for (const Release release : releases_between(from, to)) {
    const LoadVerdict verdict = load(config, release, external, world.files);
    if (verdict.loads()) {
      out.refused.reset();
      loading.emplace_back(release, flow(config, release));
    } else {
      if (!out.refused) out.refused_since = release;
      out.refused = verdict.problems.front();
    }
  }
  if (loading.size() < 2) return out;
  const Difference whole = diff(loading.front().second, world, loading.back().second, world);
  if (whole.same()) return out;
  for (std::size_t i = 0; i + 1 < loading.size(); ++i) {
    Difference step = diff(loading[i].second, world, loading[i + 1].second, world);
    // What a later release takes back is not a change.
    std::erase_if(step.changes, [&whole](const Change& change) { return whole.covering(change.parts.front().witness) == nullptr; });
    if (!step.same()) out.steps.push_back({loading[i].first, loading[i + 1].first, std::move(step)});
  }
  return out;
}

}  // namespace corefile
