// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <span>

namespace corefile::resolve_detail {

/// The tokens stand in one file, the second on the line where the first ends (dispenser.go, NextArg).
inline bool same_line(const Config& config, const Word& a, const Word& b) noexcept {
  return a.last_line() == b.line &&
         (a.expansion == b.expansion || config.expansions[a.expansion].document == config.expansions[b.expansion].document);
}

/// Fills in what is found out once about the last mention's words.
inline void shape(Config& config) {
  Config::Mention& mention = config.mentions.back();
  const Word* const words = config.words.data();
  std::uint32_t at = mention.first + 1;
  while (at < mention.last && words[at].text != "{" && same_line(config, words[at - 1], words[at])) ++at;
  mention.arguments_end = at;
  mention.first_line = static_cast<std::uint32_t>(config.lines.size());
  const auto brace = [](const Word& word) { return word.text.size() == 1 && (word.text.front() == '{' || word.text.front() == '}'); };
  while (at < mention.last) {
    const std::uint32_t first = at++;
    if (brace(words[first])) continue;
    while (at < mention.last && !brace(words[at]) && same_line(config, words[at - 1], words[at])) ++at;
    config.lines.push_back({first, at});
    mention.properties |= Properties::bit(words[first].text);
  }
  mention.last_line = static_cast<std::uint32_t>(config.lines.size());
}

}  // namespace corefile::resolve_detail
