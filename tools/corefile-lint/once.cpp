// SPDX-License-Identifier: Apache-2.0
#include "once.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

namespace corefile::app {

std::string identity(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::filesystem::path(path).lexically_normal().string();
  return std::to_string(status.st_dev) + ':' + std::to_string(status.st_ino);
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
