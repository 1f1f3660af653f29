// SPDX-License-Identifier: Apache-2.0
#include "manifest/node_cache.hpp"

#include <algorithm>
#include <array>

namespace corefile::manifest_detail {
namespace {

struct Filled {
  std::string_view word, address;
};
// The last one is deleted.
constexpr std::array<Filled, 4> filled{{{"__PILLAR__CLUSTER__DNS__", "198.19.83.1"},
                                        {"__PILLAR__UPSTREAM__SERVERS__", "198.19.83.2"},
                                        {"__PILLAR__LOCAL__DNS__", "169.254.83.3"},
                                        {"__PILLAR__DNS__SERVER__", ""}}};

}  // namespace

NodeCacheWords::NodeCacheWords(std::string_view text) {
  for (std::size_t at = text.find("__PILLAR__"); at != std::string_view::npos; at = text.find("__PILLAR__", at + 1)) {
    const auto known = std::find_if(filled.begin(), filled.end(), [&](const Filled& one) { return text.substr(at).starts_with(one.word); });
    const bool begins = at == 0 || std::string_view(" \t\n\r").find(text[at - 1]) != std::string_view::npos;
    if (known == filled.end() || !begins) continue;
    if (text_.empty()) text_ = text;
    const std::size_t blanks = known->word.size() - known->address.size();
    text_.replace(at, known->word.size(), std::string(blanks, ' ') + std::string(known->address));
    spans_.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + known->word.size())});
  }
}

std::string NodeCacheWords::restore(std::string words) const {
  for (const Filled& one : filled) {
    if (one.address.empty()) continue;
    for (std::size_t at = words.find(one.address); at != std::string::npos; at = words.find(one.address, at + one.word.size())) {
      words.replace(at, one.address.size(), one.word);
    }
  }
  return words;
}

Span NodeCacheWords::restore(Span place) const noexcept {
  for (const Span word : spans_) {
    if (word.begin <= place.begin && place.begin < word.end) place.begin = word.begin;
  }
  return place;
}

bool NodeCacheWords::touches(Span place) const noexcept {
  return std::any_of(spans_.begin(), spans_.end(), [place](Span word) { return place.begin < word.end && word.begin < place.end; });
}

}  // namespace corefile::manifest_detail
