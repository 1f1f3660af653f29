// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/ascii.hpp"

/// A record in the text of a `template`, as far as it can be read before Go's templates are filled in.
namespace corefile::rules {

struct TemplateRecord {
  std::string_view owner{}, type{};
  std::string_view data{};  ///< the first word of it; empty: none
  bool known = false;       ///< owner and type stand there as they are
};

/// The next word from `at` on; a `{{ … }}` and what is glued to it is one.
inline std::string_view record_word(std::string_view text, std::size_t& at) {
  while (at < text.size() && ascii::is_blank(text[at])) ++at;
  const std::size_t begin = at;
  while (at < text.size() && !ascii::is_blank(text[at])) {
    if (text.substr(at).starts_with("{{")) {
      const std::size_t end = text.find("}}", at);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else {
      ++at;
    }
  }
  return text.substr(begin, at - begin);
}

inline TemplateRecord read_record(std::string_view text) {
  constexpr std::array<std::string_view, 12> types{"A", "AAAA", "CNAME", "MX", "TXT", "SRV", "PTR", "NS", "SOA", "HTTPS", "SVCB", "CAA"};
  TemplateRecord record;
  // Conditions and loops write what nobody sees here.
  if (text.find("{{if") != std::string_view::npos || text.find("{{ if") != std::string_view::npos ||
      text.find("range") != std::string_view::npos || text.find('\n') != std::string_view::npos)
    return record;
  std::size_t at = 0;
  record.owner = record_word(text, at);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string_view word = record_word(text, at);
    if (std::find(types.begin(), types.end(), word) != types.end()) {
      record.type = word;
      record.data = record_word(text, at);
      record.known = !record.owner.empty();
      return record;
    }
    const bool ttl = !word.empty() && std::all_of(word.begin(), word.end(), ascii::is_digit);
    if (!ttl && word != "IN" && !word.starts_with("{{")) return record;
  }
  return record;
}

}  // namespace corefile::rules
