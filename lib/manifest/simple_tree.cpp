// SPDX-License-Identifier: Apache-2.0
#include "manifest/simple_tree.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.hpp"

namespace corefile::manifest_detail {
namespace {

bool plain_begin(char c) { return ascii::is_alnum(c) || c == '_' || c == '/' || c == '.'; }
// `#` and `: ` end a plain scalar, other marks do not occur in the middle of simple ones.
bool plain_inner(char c) { return plain_begin(c) || c == '-' || c == '+' || c == '=' || c == '@' || c == ',' || c == ':'; }
bool printable(char c) { return ' ' <= c && c <= '~'; }

/// A line of a mapping, `KEY:` or `KEY: VALUE`.
struct Entry {
  std::uint32_t indent = 0;
  std::string_view key, value;
};

class Reader {
 public:
  Reader(std::string_view file, Span part) : file_(file), at_(part.begin), end_(part.end) {}

  std::optional<Tree> read() {
    if (file_.substr(at_, end_ - at_).starts_with("---")) {
      if (next_line() != "---") return {};
    }
    while (at_ < end_) {
      const std::uint32_t begin = at_;
      const std::string_view line = next_line();
      const std::size_t in = line.find_first_not_of(' ');
      if (line.empty() || (in != std::string_view::npos && line[in] == '#' && std::all_of(line.begin(), line.end(), printable))) continue;
      const auto entry = read_entry(line);
      if (!entry || !place(*entry, begin + entry->indent) || !add_value(*entry, begin)) return {};
    }
    // A key without a value is null, which is not worth the care.
    if (open_.empty() || awaits_) return {};
    return std::move(tree_);
  }

 private:
  struct Open {
    std::uint32_t indent;
    Index map, last;
  };

  std::string_view next_line() {
    const std::size_t found = std::min<std::size_t>(file_.find('\n', at_), end_);
    const std::string_view line = file_.substr(at_, found - at_);
    at_ = static_cast<std::uint32_t>(std::min<std::size_t>(found + 1, end_));
    return line;
  }

  static std::optional<Entry> read_entry(std::string_view line) {
    Entry entry;
    entry.indent = static_cast<std::uint32_t>(std::min(line.find_first_not_of(' '), line.size()));
    std::string_view rest = line.substr(entry.indent);
    std::size_t size = 0;
    while (size < rest.size() && (plain_begin(rest[size]) || (size > 0 && rest[size] == '-'))) ++size;
    // yaml-cpp looks for the colon of a key no further than this.
    if (size == 0 || size > 512 || size == rest.size() || rest[size] != ':') return {};
    entry.key = rest.substr(0, size);
    rest.remove_prefix(size + 1);
    if (rest.empty()) return entry;
    if (rest.size() < 2 || rest[0] != ' ' || rest[1] == ' ' || rest.back() == ' ') return {};
    entry.value = rest.substr(1);
    return entry;
  }

  // Opens the mapping that the entry is the first one of, or ends those that it stands behind.
  bool place(const Entry& entry, std::uint32_t key_at) {
    if (awaits_ || open_.empty()) {
      if (open_.empty() ? entry.indent != 0 : entry.indent <= open_.back().indent) return false;
      const Index map = add(Node::Kind::map, Node::Tag::plain, key_at);
      open_.push_back({entry.indent, map, none});
      awaits_ = false;
    } else {
      while (!open_.empty() && open_.back().indent > entry.indent) open_.pop_back();
      if (open_.empty() || open_.back().indent != entry.indent) return false;
    }
    return add_scalar(Node::Tag::plain, key_at, entry.key);
  }

  bool add_value(const Entry& entry, std::uint32_t line_at) {
    const std::string_view value = entry.value;
    if (value.empty()) {
      awaits_ = true;
      return true;
    }
    const auto at = static_cast<std::uint32_t>(line_at + entry.indent + entry.key.size() + 2);
    if (value == "|" || value == "|-") return add_literal(entry.indent, at, value.size() == 2);
    if (value.front() == '"' || value.front() == '\'') {
      const std::string_view inner = value.substr(1, value.size() - 2);
      const bool whole = value.size() >= 2 && value.back() == value.front() && std::all_of(inner.begin(), inner.end(), printable) &&
                         inner.find_first_of("\\\"'") == std::string_view::npos;
      return whole && add_scalar(Node::Tag::quoted, at, inner);
    }
    if (!plain_begin(value.front()) || value.back() == ':') return false;
    for (std::size_t i = 0; i < value.size(); ++i) {
      const bool between = value[i] == ' ' && plain_begin(value[i + 1]);
      if ((!plain_inner(value[i]) && !between) || (value[i] == ':' && value[i + 1] == ' ')) return false;
    }
    return add_scalar(Node::Tag::plain, at, value);
  }

  // Lines that are further in than their key, as the first one is; in between, empty ones.
  bool add_literal(std::uint32_t key_indent, std::uint32_t at, bool strip) {
    const auto begin = static_cast<std::uint32_t>(tree_.texts.size());
    std::size_t indent = 0;
    while (at_ < end_) {
      const std::uint32_t line_at = at_;
      const std::string_view line = next_line();
      const std::size_t in = line.find_first_not_of(' ');
      if (line.empty() && indent > 0) {
        tree_.texts += '\n';
        continue;
      }
      if (in == std::string_view::npos) return false;
      if (indent == 0) indent = in;
      if (in < indent) {
        at_ = line_at;
        break;
      }
      if (indent <= key_indent || !std::all_of(line.begin(), line.end(), [](char c) { return printable(c) || c == '\t'; })) return false;
      if (line[in] == '\t') return false;
      tree_.texts += line.substr(indent);
      if (file_[at_ - 1] == '\n') tree_.texts += '\n';
    }
    if (indent == 0) return false;
    const std::size_t last = tree_.texts.find_last_not_of('\n');
    tree_.texts.resize(std::min(tree_.texts.size(), last + (strip ? 1 : 2)));
    return add_text(Node::Tag::quoted, at, begin);
  }

  bool add_scalar(Node::Tag tag, std::uint32_t at, std::string_view text) {
    constexpr std::array<std::string_view, 4> nulls{"null", "Null", "NULL", "~"};
    if (tag == Node::Tag::plain && std::find(nulls.begin(), nulls.end(), text) != nulls.end()) return false;
    const auto begin = static_cast<std::uint32_t>(tree_.texts.size());
    tree_.texts += text;
    return add_text(tag, at, begin);
  }
  bool add_text(Node::Tag tag, std::uint32_t at, std::uint32_t begin) {
    const Index node = add(Node::Kind::scalar, tag, at);
    tree_.nodes[node].text = {begin, static_cast<std::uint32_t>(tree_.texts.size())};
    return true;
  }
  Index add(Node::Kind kind, Node::Tag tag, std::uint32_t at) {
    const auto index = static_cast<Index>(tree_.nodes.size());
    tree_.nodes.push_back({kind, tag, at, none});
    if (!open_.empty()) {
      Open& parent = open_.back();
      (parent.last == none ? tree_.nodes[parent.map].first : tree_.nodes[parent.last].next) = index;
      parent.last = index;
    }
    return index;
  }

  std::string_view file_;
  std::uint32_t at_, end_;
  Tree tree_;
  std::vector<Open> open_;
  bool awaits_ = false;  // the value of the last key, on lines below it
};

}  // namespace

std::optional<Tree> read_simple_tree(std::string_view file, Span part) { return Reader(file, part).read(); }

}  // namespace corefile::manifest_detail
