// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/flow_upgrade.hpp>
#include <utility>

#include "plugins/changed.hpp"

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

/// It stands in the directive's own words.
bool says(Directive directive, std::string_view what) {
  if (what.empty()) return false;
  return what == "argument" ? !directive.arguments().empty() : directive.properties().has(what);
}

std::vector<Upgrade::Default> defaults_between(const Config& config, Release from, Release to) {
  const auto [first, last] = std::minmax(from, to);
  std::vector<Upgrade::Default> out;
  for (const plugins::ChangedDefault& one : plugins::changed_defaults()) {
    if (one.since <= first || last < one.since || !config.has(one.plugin)) continue;
    for (const Directive directive : config.directives()) {
      if (!directive.is(one.plugin) || says(directive, one.unless)) continue;
      out.push_back({one.since, config.place(directive.name_word()), to_string(one.plugin), one.is});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.since < b.since; });
  return out;
}

}  // namespace

Upgrade upgrade(const Config& config, Release from, Release to, const World& world, const ExternalPlugins& external) {
  Upgrade out;
  out.from = from;
  out.to = to;
  out.defaults = defaults_between(config, from, to);
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
