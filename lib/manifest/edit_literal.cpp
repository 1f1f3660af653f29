// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "manifest/edit.hpp"

namespace corefile::manifest_detail {
namespace {

/// A literal block's text, by its lines.
class Literal {
 public:
  explicit Literal(const Embedded& embedded) : embedded_(embedded), text_(embedded.source.text()) {}

  bool begins_line(std::uint32_t at) const noexcept { return at == 0 || text_[at - 1] == '\n'; }
  bool ends_line(std::uint32_t at) const noexcept { return at < text_.size() && text_[at] == '\n'; }
  bool at_end(std::uint32_t at) const noexcept { return at == text_.size(); }
  std::uint32_t begin_of(std::uint32_t at) const noexcept { return embedded_.outer({at, at}).begin; }
  std::uint32_t end_of(std::uint32_t at) const noexcept { return at == 0 ? begin_of(0) : embedded_.outer({at - 1, at}).end; }

  /// Spaces in front of a line that begins at `at`; a blank line may have fewer than the block.
  std::uint32_t indent_before(std::uint32_t at) const noexcept {
    if (at_end(at)) return 0;
    return at == 0 ? embedded_.indent : begin_of(at) - end_of(at);
  }
  std::string_view line_break() const noexcept {
    const bool crlf = std::any_of(embedded_.map.begin(), embedded_.map.end(), [](const Segment& run) { return !run.verbatim; });
    return crlf ? "\r\n" : "\n";
  }
  std::string indent() const { return std::string(embedded_.indent, ' '); }

 private:
  const Embedded& embedded_;
  std::string_view text_;
};

bool survives(std::string_view text) noexcept {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7F; });
}

char first_of_text(std::string_view before, std::string_view between, std::string_view behind) noexcept {
  for (const std::string_view part : {before, between, behind}) {
    const std::size_t found = part.find_first_not_of('\n');
    if (found != std::string_view::npos) return part[found];
  }
  return '\0';
}

// YAML finds the block's indentation by its first line, which must not be indented more than the others.
bool keeps_indent(const Change& change) noexcept {
  const std::string_view text = change.embedded.source.text();
  if (first_of_text(text, {}, {}) == ' ') return true;  // the indentation is written in the block's first line
  return first_of_text(text.substr(0, change.inner.begin), change.text, text.substr(change.inner.end)) != ' ';
}

}  // namespace

bool edit_literal(const Change& change, Span& at, std::string& replacement) {
  const Literal block(change.embedded);
  const auto [begin, inner_end] = change.inner;
  std::string_view text = change.text;
  std::uint32_t end = inner_end;
  if (change.embedded.indent == 0 || !survives(text) || !keeps_indent(change)) return false;
  if (begin == 0 && block.ends_line(0)) return false;  // how far a blank first line is indented is not known

  const bool had_break = end > begin && block.begins_line(end);
  const bool has_break = text.empty() ? block.begins_line(begin) : text.ends_with('\n');
  if (had_break && !has_break && block.at_end(end)) --end;  // what comes behind the block needs a line of its own
  const bool whole_lines = end == inner_end && had_break && has_break;
  const bool joins = end == inner_end && had_break && !has_break;

  at.begin = block.begin_of(begin);
  at.end = joins ? block.begin_of(end) : end > begin ? block.end_of(end) : at.begin;
  replacement.clear();
  const std::uint32_t before = block.begins_line(begin) ? block.indent_before(begin) : change.embedded.indent;
  if (text.empty()) {
    if (!block.begins_line(begin) || end == begin) return true;
    // With all of a line goes its indentation; the rest of a line needs all of it.
    if (whole_lines || block.ends_line(end) || block.at_end(end)) {
      at.begin -= before;
    } else {
      replacement.assign(change.embedded.indent - std::min(before, change.embedded.indent), ' ');
    }
    return true;
  }
  if (block.begins_line(begin) && text.front() != '\n')
    replacement.assign(change.embedded.indent - std::min(before, change.embedded.indent), ' ');
  const bool appends = block.at_end(begin) && !block.begins_line(begin);
  if (appends && has_break) text.remove_suffix(1);  // the file's own line end is behind the block
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\n') {
      replacement += text[i];
      continue;
    }
    replacement += block.line_break();
    const bool last = i + 1 == text.size();
    const bool blank = last ? whole_lines || block.ends_line(end) || block.at_end(end) : text[i + 1] == '\n';
    if (!blank) replacement += block.indent();
  }
  if (block.at_end(begin) && block.begins_line(begin) && !has_break) replacement += block.line_break();
  return true;
}

}  // namespace corefile::manifest_detail
