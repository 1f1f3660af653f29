// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/key.hpp>

#include "../load/reading.hpp"
#include "plugins/facts.hpp"

/// What rules about keys and zones share.
namespace corefile::rules {

/// A block whose keys are looked at one after another: what is asked of all of them is found out once.
class ZoneBlock : public ServerBlock {
 public:
  explicit ZoneBlock(ServerBlock block) : ServerBlock(block) {}
  bool is_mistake() const {
    if (found_ == Found::unasked) found_ = key_mistake_of(*this) != KeyMistake::none ? Found::yes : Found::no;
    return found_ == Found::yes;
  }

 private:
  enum class Found : std::uint8_t { unasked, no, yes };
  mutable Found found_ = Found::unasked;
};

/// Calls `look(block, key word)` for each key that somebody meant as a zone.
template <typename Look>
void each_key(const Config& config, Look look) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ZoneBlock block(config.block(i));
    if (block.fragment() || block.dropped()) continue;
    for (const Word& key : block.keys()) {
      if (!key.unknown && !key.text.empty()) look(block, key);
    }
  }
}

/// Whether the key's text may be read as it is written; false as well where a rule of group `load` explains the key.
inline bool is_zone(const ZoneBlock& block, const Key& key) { return key.error.empty() && !block.is_mistake(); }

/// The place of a part of a word's text, where the word is written as it is read.
inline Place part(const Config& config, const Word& word, std::string_view text) {
  Place at = config.place(word);
  if (config.text(at) != word.text) return at;
  at.span.begin += static_cast<std::uint32_t>(text.data() - word.text.data());
  at.span.end = at.span.begin + static_cast<std::uint32_t>(text.size());
  return at;
}

/// An import in the block brought nothing that is known here.
inline bool is_incomplete(ServerBlock block) {
  const Config& config = *block.config;
  if (config.remarks().empty() || block.keys().empty()) return false;
  const Place begin = config.place(block.keys().front());
  Place end{begin.document, {0xFFFFFFFF, 0xFFFFFFFF}};
  if (block.index + 1 < config.block_count() && !config.block(block.index + 1).keys().empty()) {
    const Place next = config.place(config.block(block.index + 1).keys().front());
    if (next.document == begin.document) end = next;
  }
  return std::any_of(config.remarks().begin(), config.remarks().end(), [&](const Problem& remark) {
    if (remark.kind == ProblemKind::environment_unknown || remark.kind == ProblemKind::implicitly_closed) return false;
    return remark.place.document != begin.document || (begin.span < remark.place.span && remark.place.span < end.span);
  });
}

/// What should be the rest of the block stands outside of it, and a rule of group `load` says so.
inline bool is_cut_short(ServerBlock block) {
  if (block.index + 1 >= block.config->block_count()) return false;
  const KeyMistake next = key_mistake_of(block.config->block(block.index + 1));
  return next == KeyMistake::stray_directive || next == KeyMistake::closing_brace;
}

}  // namespace corefile::rules
