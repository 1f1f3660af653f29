// SPDX-License-Identifier: Apache-2.0
#include "render/change.hpp"

#include <algorithm>

namespace corefile::render {
namespace {

constexpr std::size_t max_lines = 12;
constexpr std::uint32_t max_bytes = 64 * 1024;

// The whole lines around a span; false if they are long.
bool whole_lines(std::string_view text, Span& span) {
  if (span.end > text.size() || span.begin > span.end || span.size() > max_bytes) return false;
  const std::uint32_t low = span.begin > max_bytes ? span.begin - max_bytes : 0;
  const std::size_t begin = text.substr(low, span.begin - low).rfind('\n');
  if (begin == std::string_view::npos && low > 0) return false;
  const std::size_t end = text.substr(span.end, max_bytes).find('\n');
  if (end == std::string_view::npos && text.size() - span.end > max_bytes) return false;
  span.begin = begin == std::string_view::npos ? 0 : low + static_cast<std::uint32_t>(begin) + 1;
  span.end = end == std::string_view::npos ? static_cast<std::uint32_t>(text.size()) : span.end + static_cast<std::uint32_t>(end);
  return true;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::optional<Change> change_of(const Fix& fix, const Source& source, std::uint32_t document) {
  const auto elsewhere = [document](const Edit& edit) { return edit.place.document != document; };
  if (fix.edits.empty() || std::any_of(fix.edits.begin(), fix.edits.end(), elsewhere)) return {};
  const std::string_view text = source.text();
  Span lines{fix.edits.front().place.span.begin, fix.edits.back().place.span.end};
  if (!whole_lines(text, lines)) return {};

  std::string after;
  std::uint32_t done = lines.begin;
  for (const Edit& edit : fix.edits) {
    if (edit.place.span.begin < done || edit.place.span.end < edit.place.span.begin) return {};
    after.append(text.substr(done, edit.place.span.begin - done)).append(edit.text);
    done = edit.place.span.end;
  }
  after.append(text.substr(done, lines.end - done));

  Change change{0, split(source.text(lines)), split(after)};
  auto& [same, removed, added] = change;
  const auto [gone, come] = std::mismatch(removed.begin(), removed.end(), added.begin(), added.end());
  same = static_cast<std::uint32_t>(gone - removed.begin());
  removed.erase(removed.begin(), gone);
  added.erase(added.begin(), come);
  while (!removed.empty() && !added.empty() && removed.back() == added.back()) {
    removed.pop_back();
    added.pop_back();
  }
  if (removed.size() + added.size() > max_lines) return {};
  return change;
}

}  // namespace corefile::render
