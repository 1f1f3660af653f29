// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <span>

namespace corefile::resolve_detail {

/// The tokens stand in one file, the second on the line where the first ends (dispenser.go, NextArg).
inline bool same_line(const Config& config, const Word& a, const Word& b) noexcept {
  return (a.breaks == 0 ? a.line : a.last_line()) == b.line &&
         (a.expansion == b.expansion || config.expansions[a.expansion].document == config.expansions[b.expansion].document);
}

/// What is found out once about a directive's words.
struct Shape {
  std::size_t arguments_end = 1;
  std::uint64_t properties = 0;
};
inline Shape shape_of(const Config& config, std::span<const Word> words) noexcept {
  Shape shape;
  std::size_t& at = shape.arguments_end;
  while (at < words.size() && words[at].text != "{" && same_line(config, words[at - 1], words[at])) ++at;
  const auto brace = [](const Word& word) { return word.text == "{" || word.text == "}"; };
  for (std::size_t i = at; i < words.size(); ++i) {
    if (brace(words[i]) || (i > at && !brace(words[i - 1]) && same_line(config, words[i - 1], words[i]))) continue;
    shape.properties |= Keyword(words[i].text).bit();
  }
  return shape;
}

}  // namespace corefile::resolve_detail
