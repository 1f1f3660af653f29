// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace corefile::manifest_detail {

/// node-local-dns's Corefile as node-cache makes it when it starts, with addresses that nobody else uses in place of those it finds
/// out (kubernetes/dns, cmd/node-cache/app/configmap.go). Every byte keeps its place: what a word is too long for its address is blanks.
class NodeCacheWords {
 public:
  explicit NodeCacheWords(std::string_view text);
  bool any() const noexcept { return !spans_.empty(); }
  const std::string& text() const noexcept { return text_; }
  /// The words again, in a text that speaks of their addresses.
  std::string restore(std::string words) const;
  /// A place that begins within a word's blanks or address begins with the word.
  Span restore(Span place) const noexcept;
  bool touches(Span place) const noexcept;

 private:
  std::string text_;
  std::vector<Span> spans_;
};

}  // namespace corefile::manifest_detail
