// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/manifest.hpp>
#include <iterator>

#include "manifest/edit.hpp"

namespace corefile {
namespace {

using Segments = std::vector<Segment>;

// The run that holds an inner byte.
Segments::const_iterator run_at(const Segments& map, std::uint32_t inner) noexcept {
  const auto after = std::upper_bound(map.begin(), map.end(), inner, [](std::uint32_t at, const Segment& run) { return at < run.inner; });
  return after == map.begin() ? after : std::prev(after);
}

}  // namespace

Span Embedded::outer(Span inner) const noexcept {
  if (map.empty()) return inner;
  const auto size = static_cast<std::uint32_t>(source.text().size());
  const std::uint32_t begin = std::min(inner.begin, size);
  const std::uint32_t end = std::clamp(inner.end, begin, size);
  const auto first = run_at(map, begin);
  if (begin == size) return {map.back().outer.end, map.back().outer.end};
  const std::uint32_t from = first->verbatim ? first->outer.begin + (begin - first->inner) : first->outer.begin;
  if (begin == end) return {from, from};
  const auto last = run_at(map, end - 1);
  return {from, std::max(from, last->verbatim ? last->outer.begin + (end - last->inner) : last->outer.end)};
}

std::optional<std::uint32_t> Embedded::inner(std::uint32_t outer) const noexcept {
  if (rendered) return {};
  const auto size = static_cast<std::uint32_t>(source.text().size());
  if (map.empty()) return outer <= size ? std::optional(outer) : std::nullopt;
  const auto after =
      std::upper_bound(map.begin(), map.end(), outer, [](std::uint32_t at, const Segment& run) { return at < run.outer.begin; });
  if (after == map.begin() || outer > map.back().outer.end) return {};
  const auto run = std::prev(after);
  const std::uint32_t end = after == map.end() ? size : after->inner;
  if (!run->verbatim) return outer < run->outer.end ? run->inner : end;
  return std::min(end, run->inner + (outer - run->outer.begin));
}

bool Embedded::outer_edit(Span inner, std::string_view text, Span& at, std::string& replacement) const {
  const auto size = static_cast<std::uint32_t>(source.text().size());
  if (rendered || inner.begin > inner.end || inner.end > size) return false;
  if (map.empty()) {
    at = inner;
    replacement = text;
    return true;
  }
  const manifest_detail::Change change{*this, inner, text};
  if (!manifest_detail::on_boundaries(change)) return false;
  switch (style) {
    case ScalarStyle::literal:
      return manifest_detail::edit_literal(change, at, replacement);
    case ScalarStyle::double_quoted:
      return manifest_detail::edit_double_quoted(change, at, replacement);
    case ScalarStyle::single_quoted:
      return manifest_detail::edit_single_quoted(change, at, replacement);
    case ScalarStyle::file:
      at = outer(inner);
      replacement = text;
      return true;
    case ScalarStyle::plain:
    case ScalarStyle::folded:
      return manifest_detail::edit_bare(change, at, replacement);
  }
  return false;
}

}  // namespace corefile
