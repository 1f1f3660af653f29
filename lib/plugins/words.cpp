// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plugins/reader.hpp"

namespace corefile::plugins {

std::string count_words(std::size_t min, std::size_t max) {
  const auto plural = [](std::size_t n) { return n == 1 ? "argument" : "arguments"; };
  if (max == 0) return "no argument";
  if (min == max) return fmt::format("{} {}", min, plural(min));
  if (max == 0xFFFF) return fmt::format("at least {} {}", min, plural(min));
  if (min == 0) return fmt::format("at most {} {}", max, plural(max));
  return fmt::format("{} to {} arguments", min, max);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates, std::size_t most) {
  std::string_view best;
  // Anything at or above is another word.
  std::size_t best_distance = std::min<std::size_t>(word.size() <= 3 ? 2 : word.size() <= 6 ? 3 : 4, most + 1);
  for (const std::string_view candidate : candidates) {
    const std::size_t gap = candidate.size() > word.size() ? candidate.size() - word.size() : word.size() - candidate.size();
    if (gap >= best_distance || candidate.size() > 40 || word.size() > 40) continue;
    // Optimal string alignment: a swap of neighbours counts once.
    std::array<std::array<std::size_t, 42>, 3> rows{};
    for (std::size_t j = 0; j <= candidate.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      auto& row = rows[i % 3];
      const auto& above = rows[(i + 2) % 3];
      row[0] = i;
      for (std::size_t j = 1; j <= candidate.size(); ++j) {
        const std::size_t other = word[i - 1] == candidate[j - 1] ? 0 : 1;
        row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + other});
        if (i > 1 && j > 1 && word[i - 1] == candidate[j - 2] && word[i - 2] == candidate[j - 1]) {
          row[j] = std::min(row[j], rows[(i + 1) % 3][j - 2] + 1);
        }
      }
    }
    const std::size_t distance = rows[word.size() % 3][candidate.size()];
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string filled(std::string_view says, std::string_view word) {
  std::string out(says);
  for (std::size_t hole = out.find("{}"); hole != std::string::npos; hole = out.find("{}", hole + word.size())) out.replace(hole, 2, word);
  return out;
}

std::string Reader::words_for_unknown(std::string_view word) const {
  for (const SaysRule& rule : plugin_.unknown_says) {
    if (!rule.life.covers(release_)) continue;
    if (rule.text.empty()) return {};
    if (rule.text.starts_with("Wrong argument count")) return words_for_arguments(word);
    return filled(rule.text, word);
  }
  return fmt::format("unknown property '{}'", word);
}

// caddyfile/dispenser.go, ArgErr.
std::string Reader::words_for_arguments(std::string_view word) {
  if (word == "{") return "Unexpected token '{', expecting argument";
  return fmt::format("Wrong argument count or unexpected line ending after '{}'", word);
}

}  // namespace corefile::plugins
