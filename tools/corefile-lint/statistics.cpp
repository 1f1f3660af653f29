// SPDX-License-Identifier: Apache-2.0
#include "statistics.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "summary.hpp"

namespace corefile::app {
namespace {

struct Tally {
  std::size_t findings = 0, safe = 0;
};

}  // namespace

std::string statistics(const std::vector<Analysis>& analyses) {
  std::map<std::pair<std::string_view, Severity>, Tally> tallies;
  for (const Analysis& analysis : analyses) {
    for (const Diagnostic& found : analysis.diagnostics) {
      Tally& tally = tallies[{found.rule, found.severity}];
      ++tally.findings;
      if (safely_fixable(found)) ++tally.safe;
    }
  }
  using Line = std::pair<std::pair<std::string_view, Severity>, Tally>;
  std::vector<Line> lines(tallies.begin(), tallies.end());
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.second.findings > b.second.findings; });
  const std::size_t width = lines.empty() ? 0 : std::to_string(lines.front().second.findings).size();
  std::string out;
  for (const auto& [what, tally] : lines) {
    const std::string number = std::to_string(tally.findings);
    out +=
        std::string(width - number.size(), ' ') + number + "  " + std::string(to_string(what.second)) + '[' + std::string(what.first) + ']';
    if (tally.safe > 0) out += ", " + std::to_string(tally.safe) + " fixable";
    out += '\n';
  }
  return out;
}

}  // namespace corefile::app
