// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

#include <algorithm>
#include <numeric>

namespace corefile::app {
namespace {

// Levenshtein's, in which two letters in the wrong order are one slip.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      row[k] = std::min({last[k] + 1, row[k - 1] + 1, last[k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1)});
      const bool swapped = i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1];
      if (swapped) row[k] = std::min(row[k], before[k - 2] + 1);
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
