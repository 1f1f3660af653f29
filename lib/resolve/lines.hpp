// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/config.hpp>
#include <span>

namespace corefile::resolve_detail {

/// The tokens stand in one file, the second on the line where the first ends (dispenser.go, NextArg).
inline bool same_line(const detail::ConfigData& config, const Word& a, const Word& b) noexcept {
  return a.last_line() == b.line &&
         (a.expansion == b.expansion || config.expansions[a.expansion].document == config.expansions[b.expansion].document);
}

/// Fills in what is found out once about the last directive's words.
inline void shape(detail::ConfigData& config) {
  detail::ConfigData::Directive& directive = config.directives.back();
  const Word* const words = config.words.data();
  std::uint32_t at = directive.first + 1;
  while (at < directive.last && words[at].text != "{" && same_line(config, words[at - 1], words[at])) ++at;
  directive.arguments_end = at;
  directive.first_line = static_cast<std::uint32_t>(config.lines.size());
  const auto brace = [](const Word& word) { return word.text.size() == 1 && (word.text.front() == '{' || word.text.front() == '}'); };
  while (at < directive.last) {
    const std::uint32_t first = at++;
    if (brace(words[first])) continue;
    while (at < directive.last && !brace(words[at]) && same_line(config, words[at - 1], words[at])) ++at;
    config.lines.push_back({first, at});
    directive.properties |= Properties::bit(words[first].text);
  }
  directive.last_line = static_cast<std::uint32_t>(config.lines.size());
}

}  // namespace corefile::resolve_detail
