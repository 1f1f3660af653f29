// SPDX-License-Identifier: Apache-2.0
#include "manifest/tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <new>
#include <streambuf>
#include <utility>

#include "manifest/simple_tree.hpp"

namespace corefile::manifest_detail {
namespace {

/// A view as a stream, without a copy. Escaped halves of a surrogate pair, which JSON allows and yaml-cpp refuses, are shown
/// to it as private-use characters: D800–DFFF as E800–EFFF, of the same length.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    if (needs_change(text)) {
      changed_ = text;
      change();
      text = changed_;
    }
    char* begin = const_cast<char*>(text.data());  // std::streambuf reads only
    setg(begin, begin, begin + text.size());
  }

 private:
  static bool is_half(std::string_view text, std::size_t u) noexcept {
    return u + 2 < text.size() && (text[u + 1] == 'd' || text[u + 1] == 'D') &&
           std::string_view("89abcdefABCDEF").find(text[u + 2]) != std::string_view::npos;
  }
  static bool needs_change(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{' && text.find("\\u") != std::string_view::npos;
  }
  void change() {
    for (std::size_t at = changed_.find('\\'); at != std::string::npos; at = changed_.find('\\', at + 2)) {
      if (at + 1 < changed_.size() && changed_[at + 1] == 'u' && is_half(changed_, at + 1)) changed_[at + 2] = 'e';
    }
  }
  std::string changed_;
};

Node::Tag tag_of(const std::string& tag) {
  if (tag == "?") return Node::Tag::plain;
  if (tag == "!") return Node::Tag::quoted;
  if (tag == "tag:yaml.org,2002:str") return Node::Tag::text;
  if (tag == "tag:yaml.org,2002:binary") return Node::Tag::binary;
  return Node::Tag::other;
}

class Builder : public YAML::EventHandler {
 public:
  Builder(std::string_view file, std::uint32_t begin, std::uint32_t end) : file_(file), begin_(begin), end_(end) {}

  std::optional<std::uint32_t> opened() const noexcept {
    for (auto open = open_.rbegin(); open != open_.rend(); ++open) {
      if (open->flow) return tree_.nodes[open->node].at;
    }
    return {};
  }
  Tree take() { return std::exchange(tree_, {}); }
  std::uint32_t offset(const YAML::Mark& mark) const noexcept {
    if (mark.pos < 0) return end_;
    return std::min(end_, begin_ + static_cast<std::uint32_t>(mark.pos));
  }

  // yaml-cpp 0.7 takes whatever follows a document for another one, even a token on which it does not move on; YAML wants
  // `...` before it.
  void OnDocumentStart(const YAML::Mark& mark) override {
    const std::uint32_t at = offset(mark);
    if (begun_ && !ends_between(*begun_, at)) throw YAML::ParserException(mark, "text behind the end of the document");
    begun_ = at;
    tree_ = {};
    open_.clear();
    anchors_.clear();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(Node::Kind::null, mark, Node::Tag::plain, anchor); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const Index node = add(Node::Kind::alias, mark, Node::Tag::plain, 0);
    // An alias to a null gives a null: nothing is lost by leaving it out.
    if (anchor < anchors_.size() && anchors_[anchor] != none) {
      tree_.nodes[node].target = anchors_[anchor];
    } else {
      tree_.nodes[node].kind = Node::Kind::null;
    }
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    const Index node = add(Node::Kind::scalar, mark, tag_of(tag), anchor);
    const auto begin = static_cast<std::uint32_t>(tree_.texts.size());
    tree_.texts += value;
    tree_.nodes[node].text = {begin, static_cast<std::uint32_t>(tree_.texts.size())};
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(add(Node::Kind::sequence, mark, tag_of(tag), anchor), style);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(add(Node::Kind::map, mark, tag_of(tag), anchor), style);
  }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  struct Open {
    Index node;
    Index last;  // child
    bool flow;
  };

  Index add(Node::Kind kind, const YAML::Mark& mark, Node::Tag tag, YAML::anchor_t anchor) {
    const auto index = static_cast<Index>(tree_.nodes.size());
    tree_.nodes.push_back({kind, tag, offset(mark), none});
    if (!open_.empty()) {
      Open& parent = open_.back();
      (parent.last == none ? tree_.nodes[parent.node].first : tree_.nodes[parent.last].next) = index;
      parent.last = index;
    }
    if (anchor != 0) {
      if (anchors_.size() <= anchor) anchors_.resize(anchor + 1, none);
      anchors_[anchor] = index;
    }
    return index;
  }
  bool ends_between(std::uint32_t begin, std::uint32_t end) const noexcept {
    return file_.substr(begin, end - std::min(begin, end)).find("\n...") != std::string_view::npos;
  }
  void open(Index node, YAML::EmitterStyle::value style) { open_.push_back({node, none, style == YAML::EmitterStyle::Flow}); }

  std::string_view file_;
  std::uint32_t begin_, end_;
  std::optional<std::uint32_t> begun_;
  Tree tree_;
  std::vector<Open> open_;
  std::vector<Index> anchors_;
};

}  // namespace

std::optional<Failure> read_trees(std::string_view file, Span part, std::vector<Tree>& out) {
  if (auto simple = read_simple_tree(file, part)) {
    out.push_back(std::move(*simple));
    return {};
  }
  return read_any_trees(file, part, out);
}

std::optional<Failure> read_any_trees(std::string_view file, Span part, std::vector<Tree>& out) {
  std::string_view text = file.substr(part.begin, part.size());
  // yaml-cpp eats a byte order mark before it counts.
  const bool marked = text.starts_with("\xEF\xBB\xBF");
  Builder builder(file, part.begin + (marked ? 3 : 0), part.end);
  const std::size_t before = out.size();
  const auto fail = [&](std::uint32_t at, std::string words) {
    out.resize(before);
    const auto opened = builder.opened();
    return Failure{at, std::move(words), builder.take(), opened};
  };
  try {
    ViewBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) out.push_back(builder.take());
  } catch (const YAML::Exception& error) {
    return fail(builder.offset(error.mark), error.msg);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    return fail(part.begin, error.what());
  }
  return {};
}

}  // namespace corefile::manifest_detail
