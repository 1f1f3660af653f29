// SPDX-License-Identifier: Apache-2.0
#include "once.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "system.hpp"

namespace corefile::app {

std::string identity(const std::string& path) {
  const auto stamp = stamp_of(path);
  return stamp ? std::to_string(stamp->device) + ':' + std::to_string(stamp->inode) : path_name(disk_path(path).lexically_normal());
}

void drop_repeated(std::vector<Analysis>& analyses) {
  // Findings stand in inputs alone, unless something is imported.
  if (std::all_of(analyses.begin(), analyses.end(), [](const Analysis& analysis) { return analysis.sources.size() == 1; })) return;
  std::map<std::string, std::string> identities;
  const auto identity_of = [&](const std::string& name) {
    const auto [at, is_new] = identities.try_emplace(name);
    if (is_new) at->second = identity(name);
    return at->second;
  };
  std::set<std::tuple<std::string, Span, std::string_view, std::string>> seen;
  for (Analysis& analysis : analyses) {
    std::erase_if(analysis.diagnostics, [&](const Diagnostic& found) {
      const std::string& name = analysis.sources[found.place.document].name();
      return !seen.emplace(identity_of(name), found.place.span, found.rule, found.message).second;
    });
  }
}

}  // namespace corefile::app
