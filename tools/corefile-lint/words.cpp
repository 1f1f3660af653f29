// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

#include <algorithm>
#include <numeric>

namespace corefile::app {
namespace {

// Levenshtein's.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t above = row[k];
      row[k] = std::min({above + 1, row[k - 1] + 1, diagonal + (a[i - 1] == b[k - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> candidates) {
  wrong = wrong.substr(0, 64);
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    if (const std::size_t here = distance(wrong, candidate); here < least) {
      least = here;
      best = candidate;
    }
  }
  if (best.empty() && wrong.size() >= 3) {
    const auto part = std::find_if(candidates.begin(), candidates.end(), [&](auto c) { return c.find(wrong) != c.npos; });
    if (part != candidates.end()) best = *part;
  }
  return best.empty() ? std::string() : "; did you mean `" + std::string(best) + "`?";
}

std::string list(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) {
    if (!out.empty()) out += ", ";
    out += word;
  }
  return out;
}

std::string count(std::size_t number, std::string_view word) {
  return std::to_string(number) + ' ' + std::string(word) + (number == 1 ? "" : word.ends_with('x') ? "es" : "s");
}

}  // namespace corefile::app
