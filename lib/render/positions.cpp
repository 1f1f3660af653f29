// SPDX-License-Identifier: Apache-2.0
#include "render/positions.hpp"

#include <algorithm>
#include <iterator>

namespace corefile::render {

Positions::Positions(const Analysis& analysis)
    : analysis_(analysis), indices_(analysis.sources.size()), inner_indices_(analysis.embedded.size()) {
  for (std::size_t i = 0; i < analysis.embedded.size(); ++i) {
    const std::vector<Segment>& map = analysis.embedded[i].map;
    if (!map.empty() && !analysis.embedded[i].rendered) extents_.push_back({map.front().outer.begin, map.back().outer.end, i});
  }
  std::sort(extents_.begin(), extents_.end(), [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
}

Position Positions::at(std::uint32_t document, std::uint32_t offset, Columns unit) const {
  std::optional<LineIndex>& index = indices_[document];
  if (!index) index.emplace(analysis_.sources[document].text());
  return index->position(offset, unit);
}

std::optional<std::size_t> Positions::text_of(const Place& place) const noexcept {
  if (place.document != 0) return {};
  const auto after = std::upper_bound(extents_.begin(), extents_.end(), place.span.begin,
                                      [](std::uint32_t wanted, const Extent& extent) { return wanted < extent.begin; });
  if (after == extents_.begin() || place.span.begin > std::prev(after)->end) return {};
  return std::prev(after)->text;
}

std::optional<InnerPlace> Positions::inner(const Place& place) const {
  const auto number = text_of(place);
  if (!number) return {};
  const Embedded& text = analysis_.embedded[*number];
  const auto offset = text.inner(place.span.begin);
  if (!offset) return {};
  std::optional<LineIndex>& index = inner_indices_[*number];
  if (!index) index.emplace(text.source.text());
  return InnerPlace{&text, index->position(*offset)};
}

}  // namespace corefile::render
