// SPDX-License-Identifier: Apache-2.0
#include "manifest/slips.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "manifest/scalar.hpp"

namespace corefile::manifest_detail {
namespace {

std::uint32_t line_begin(std::string_view file, std::uint32_t at) noexcept {
  const std::size_t end = at == 0 ? std::string_view::npos : file.rfind('\n', at - 1);
  return end == std::string_view::npos ? 0 : static_cast<std::uint32_t>(end + 1);
}

std::uint32_t indent_of(std::string_view file, std::uint32_t at) noexcept {
  const std::uint32_t begin = line_begin(file, at);
  const std::size_t text = file.find_first_not_of(' ', begin);
  return static_cast<std::uint32_t>(std::min(text, file.size())) - begin;
}

/// `? key`, which needs no colon.
bool is_explicit(std::string_view file, std::uint32_t at) noexcept {
  while (at > 0 && ascii::is_blank(file[at - 1])) --at;
  return at > 0 && file[at - 1] == '?';
}

bool has_colon(std::string_view file, std::uint32_t end) noexcept {
  const std::size_t next = file.find_first_not_of(" \t", end);
  return next < file.size() && file[next] == ':';
}

/// The first text behind a line's rest that is not a comment; the text's size if there is none.
std::uint32_t next_text(std::string_view file, std::uint32_t at) noexcept {
  for (std::size_t text = file.find_first_not_of(" \t\r\n", at); text < file.size(); text = file.find_first_not_of(" \t\r\n", text)) {
    if (file[text] != '#') return static_cast<std::uint32_t>(text);
    text = std::min(file.find('\n', text), file.size());
  }
  return static_cast<std::uint32_t>(file.size());
}

/// `key: value`, `key:`.
bool is_key_line(std::string_view file, std::uint32_t at) noexcept {
  const std::string_view line = file.substr(at, file.find('\n', at) - at);
  const std::size_t colon = line.find(':');
  return colon < line.size() && (colon + 1 == line.size() || ascii::is_blank(line[colon + 1]) || line[colon + 1] == '\r');
}

/// Of a block that ends at a line indented less, though more than its key: whether it is the first line that steps out of line. The step
/// from one level to the next tells, where the text has one.
bool first_line_is_deeper(std::string_view file, const Scalar& scalar, std::uint32_t indent, std::uint32_t key_indent) {
  if (indent <= key_indent || scalar.indent <= indent || scalar.map.empty()) return false;
  std::vector<std::uint32_t> deeper;
  for (std::uint32_t at = next_text(file, static_cast<std::uint32_t>(file.find('\n', scalar.outer.begin))); at < scalar.outer.end;) {
    const std::uint32_t own = indent_of(file, at);
    if (own > scalar.indent) deeper.push_back(own);
    const std::size_t end = file.find('\n', at);
    at = end < scalar.outer.end ? next_text(file, static_cast<std::uint32_t>(end)) : scalar.outer.end;
  }
  std::sort(deeper.begin(), deeper.end());
  deeper.erase(std::unique(deeper.begin(), deeper.end()), deeper.end());
  const auto is_usual = [key_indent](std::uint32_t own) { return own == key_indent + 2 || own == key_indent * 2; };
  if (is_usual(indent) != is_usual(scalar.indent)) return is_usual(indent);
  if (deeper.size() < 2) return false;
  const std::uint32_t step = deeper[1] - deeper[0];
  return deeper[0] - indent == step && deeper[0] - scalar.indent != step;
}

/// The last scalar before a place, and the key before it.
struct Last {
  Index value = none, key = none;
};
Last last_before(const Tree& tree, std::uint32_t at) noexcept {
  Last out;
  for (Index i = 0; i < tree.nodes.size(); ++i) {
    if (tree.nodes[i].kind != Node::Kind::scalar || tree.nodes[i].at >= at) continue;
    out.value = i;
    out.key = i > 0 && tree.nodes[i - 1].next == i ? i - 1 : none;
  }
  return out;
}

}  // namespace

std::optional<Failure> lost_colon(std::string_view file, const Tree& tree) {
  for (const Node& map : tree.nodes) {
    // In flow style a key may do without.
    if (map.kind != Node::Kind::map || map.at >= file.size() || std::string_view("{&!").find(file[map.at]) != std::string_view::npos)
      continue;
    for (Index key = map.first; key != none; key = tree.nodes[tree.nodes[key].next].next) {
      const Index value = tree.nodes[key].next;
      if (value == none) break;
      if (tree.nodes[value].kind != Node::Kind::null || tree.nodes[key].kind != Node::Kind::scalar) continue;
      const std::uint32_t at = tree.nodes[key].at;
      const Span extent = scalar_extent(file, at, tree.text(key));
      if (has_colon(file, extent.end) || is_explicit(file, at)) continue;
      Failure out{at, "no `:` stands behind this", {}, {}};
      out.read.nodes.assign(tree.nodes.begin(), tree.nodes.begin() + key);
      out.read.texts = tree.texts;
      return out;
    }
  }
  return {};
}

void move_to_cause(std::string_view file, Failure& failure) {
  const Last last = last_before(failure.read, failure.at);
  if (last.value == none) return;
  const Tree& tree = failure.read;
  const Scalar scalar = read_scalar(file, tree.nodes[last.value].at, tree.text(last.value));
  const bool block = scalar.style == ScalarStyle::literal || scalar.style == ScalarStyle::folded;
  const std::uint32_t failing_line = line_begin(file, failure.at);
  std::uint32_t next = next_text(file, scalar.outer.end);
  if (!block && next < file.size() && file[next] == ':') next = next_text(file, next + 1);
  if (next < failing_line) {
    const bool begins_value = std::string_view("|>\"'[{&*!").find(file[next]) != std::string_view::npos;
    if (is_key_line(file, next) || (begins_value && !block)) return;
    failure.at = next;
    failure.words = block ? "this is not indented as the lines before it" : "no `:` stands behind this";
    return;
  }
  if (last.key == none) return;
  if (block && first_line_is_deeper(file, scalar, indent_of(file, failure.at), indent_of(file, tree.nodes[last.key].at))) {
    failure.at = next_text(file, static_cast<std::uint32_t>(file.find('\n', tree.nodes[last.value].at)));
    failure.words = deeper_words;
  } else if (scalar.style == ScalarStyle::plain && tree.text(last.value).find('{') != std::string_view::npos &&
             line_begin(file, scalar.outer.end) > line_begin(file, scalar.outer.begin)) {
    failure.at = tree.nodes[last.key].at;
    failure.words = no_bar_words;
  }
}

}  // namespace corefile::manifest_detail
