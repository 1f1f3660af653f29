// SPDX-License-Identifier: Apache-2.0
#include "render/positions.hpp"

#include <algorithm>

#include "source/utf8.hpp"

namespace corefile::render {
namespace {

// Goes forward through one text and counts as Source::position does.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) first_line_skip_ = 3;
  }

  Position advance(std::uint32_t offset) {
    offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text_.size()));
    if (offset <= first_line_skip_) return {};
    at_ = std::max(at_, first_line_skip_);
    std::string_view passed = text_.substr(at_, offset - at_);
    if (const std::size_t last = passed.rfind('\n'); last != std::string_view::npos) {
      line_ += static_cast<std::uint32_t>(std::count(passed.begin(), passed.end(), '\n'));
      column_ = 1;
      at_ += static_cast<std::uint32_t>(last) + 1;
      passed.remove_prefix(last + 1);
    }
    if (utf8::ascii(passed)) {
      column_ += static_cast<std::uint32_t>(passed.size());
      at_ = offset;
    }
    while (at_ < offset) {
      const std::uint32_t size = utf8::decode(text_.substr(at_)).size;
      if (at_ + size > offset) break;  // an offset within a rune: its bytes count one each, for this offset only
      at_ += size;
      ++column_;
    }
    return {line_, column_ + (offset - at_)};
  }

 private:
  std::string_view text_;
  std::uint32_t first_line_skip_ = 0;
  std::uint32_t at_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
};

}  // namespace

Positions::Positions(const Analysis& analysis) {
  const auto mention = [&](const Place& place) {
    points_.emplace_back(place.document, place.span.begin);
    points_.emplace_back(place.document, place.span.end);
  };
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    mention(diagnostic.place);
    for (const Label& label : diagnostic.labels) mention(label.place);
    for (const Fix& fix : diagnostic.fixes) {
      for (const Edit& edit : fix.edits) mention(edit.place);
    }
  }
  std::sort(points_.begin(), points_.end());
  points_.erase(std::unique(points_.begin(), points_.end()), points_.end());
  found_.reserve(points_.size());
  for (std::size_t i = 0; i < points_.size();) {
    const std::uint32_t document = points_[i].first;
    Cursor cursor(analysis.sources[document].text());
    for (; i < points_.size() && points_[i].first == document; ++i) found_.push_back(cursor.advance(points_[i].second));
  }
}

Position Positions::at(std::uint32_t document, std::uint32_t offset) const noexcept {
  const auto point = std::lower_bound(points_.begin(), points_.end(), Point{document, offset});
  return found_[static_cast<std::size_t>(point - points_.begin())];
}

}  // namespace corefile::render
