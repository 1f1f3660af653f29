// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/format.hpp>
#include <string_view>
#include <utility>

#include "base/ascii.hpp"

namespace corefile {
namespace {

constexpr std::uint32_t step = 4;

bool is_gap(TokenKind kind) noexcept { return kind == TokenKind::space || kind == TokenKind::newline; }

/// How many blocks each token is in; a block's braces are not in it.
std::vector<std::uint32_t> depths(const Document& document) {
  std::vector<std::int32_t> change(document.token_count() + 1, 0);
  for (const Node& node : document.nodes()) {
    if (node.kind != NodeKind::block || node.last - node.first < 2) continue;
    ++change[node.first + 1];
    --change[node.last - 1];
  }
  std::vector<std::uint32_t> depth(document.token_count());
  std::int32_t now = 0;
  for (std::uint32_t i = 0; i < depth.size(); ++i) {
    now += change[i];
    depth[i] = static_cast<std::uint32_t>(std::max(now, 0));
  }
  return depth;
}

class WhiteSpace {
 public:
  WhiteSpace(const Document& document, bool whole) : document_(document), text_(document.source().text()), whole_(whole) {}

  std::vector<Edit> edits() {
    const std::vector<std::uint32_t> depth = depths(document_);
    const std::uint32_t count = document_.token_count();
    std::uint32_t i = 0;
    if (count > 0 && document_.kind(0) == TokenKind::byte_order_mark) ++i;
    bool first = true;
    while (i < count) {
      const std::uint32_t begin = document_.token(i).span.begin;
      while (i < count && is_gap(document_.kind(i))) ++i;
      const bool last = i == count;
      const std::uint32_t end = last ? size() : document_.token(i).span.begin;
      if (begin != end) gap({begin, end}, first, last ? 0 : depth[i], last);
      first = false;
      if (last) break;
      if (document_.kind(i) == TokenKind::comment) comment(document_.token(i).span);
      ++i;
    }
    if (whole_ && !text_.empty() && text_.back() != '\n' && !first) end_last_line();
    return std::move(edits_);
  }

 private:
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(text_.size()); }

  void replace(Span span, std::string text) {
    if (text_.substr(span.begin, span.size()) != text) edits_.push_back({{0, span}, std::move(text)});
  }

  /// Blanks before a line's end go; a CR right before the LF is part of that end.
  void end_line(std::uint32_t begin, std::uint32_t line_feed) {
    const bool carriage_return = line_feed > begin && text_[line_feed - 1] == '\r';
    replace({begin, line_feed - (carriage_return ? 1 : 0)}, {});
  }

  void gap(Span span, bool first, std::uint32_t depth, bool last) {
    std::uint32_t at = span.begin;
    bool begins_line = first;
    for (std::size_t line_feed = text_.find('\n', at); line_feed < span.end; line_feed = text_.find('\n', at)) {
      end_line(at, static_cast<std::uint32_t>(line_feed));
      at = static_cast<std::uint32_t>(line_feed) + 1;
      begins_line = true;
    }
    replace({at, span.end}, last ? std::string() : begins_line ? std::string(std::size_t{step} * depth, ' ') : " ");
  }

  void comment(Span span) {
    std::uint32_t end = span.end;
    if (end < size() && text_[end - 1] == '\r') --end;
    std::uint32_t ink = end;
    while (ink > span.begin && ascii::is_blank(text_[ink - 1])) --ink;
    replace({ink, end}, {});
  }

  void end_last_line() {
    const std::size_t before = text_.find('\n');
    const bool crlf = before != std::string_view::npos && before > 0 && text_[before - 1] == '\r';
    const std::string line_end = crlf ? "\r\n" : "\n";
    // Blanks behind the last word become its line end.
    if (!edits_.empty() && edits_.back().place.span.end == size()) {
      edits_.back().text += line_end;
    } else {
      edits_.push_back({{0, {size(), size()}}, line_end});
    }
  }

  const Document& document_;
  std::string_view text_;
  bool whole_;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> format(const Document& document, bool whole) { return WhiteSpace(document, whole).edits(); }

}  // namespace corefile
