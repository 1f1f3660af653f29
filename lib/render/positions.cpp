// SPDX-License-Identifier: Apache-2.0
#include "render/positions.hpp"

namespace corefile::render {

Positions::Positions(const Analysis& analysis) : analysis_(analysis), indices_(analysis.sources.size()) {}

Position Positions::at(std::uint32_t document, std::uint32_t offset) const {
  std::optional<LineIndex>& index = indices_[document];
  if (!index) index.emplace(analysis_.sources[document].text());
  return index->position(offset);
}

}  // namespace corefile::render
