// SPDX-License-Identifier: Apache-2.0
#include "syntax/build.hpp"

#include <algorithm>

namespace corefile::syntax {
namespace {

/// Groups tokens as caddyfile/parse.go does, without its imports: keys, a block, directives that end with their
/// line or with their own block. Holds its own stack, so nesting costs no call depth.
class Builder {
 public:
  Builder(const Document& document, std::vector<Node>& nodes, std::vector<Fault>& faults)
      : doc_(document), nodes_(nodes), faults_(faults), count_(document.token_count()) {}

  void run() {
    nodes_.reserve(count_ / 3 + 4);
    open_.reserve(8);
    push(NodeKind::file, 0);
    next(0);
    while (!at_end()) {
      if (is("import")) {
        line_node(NodeKind::import);
      } else {
        server_block();
      }
    }
    nodes_[0].last = count_;
    std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) { return a.span < b.span; });
  }

 private:
  struct Open {
    NodeId node;
    NodeId last_child = no_node;
  };

  bool at_end() const { return at_ >= count_; }
  /// The current token is the first on its line.
  bool fresh() const { return fresh_; }

  /// Moves to the first significant token from `from` on.
  void next(std::uint32_t from) {
    fresh_ = from == 0;
    for (at_ = from; at_ < count_; ++at_) {
      const TokenKind kind = doc_.kind(at_);
      if (is_significant(kind)) return check_quote(kind);
      fresh_ |= kind == TokenKind::newline;
    }
  }
  void advance() {
    end_ = at_ + 1;
    next(end_);
  }
  void check_quote(TokenKind kind) {
    if (kind != TokenKind::unclosed_quote) return;
    swallowed_ = true;
    const Span span = doc_.token(at_).span;
    faults_.push_back({FaultKind::unclosed_quote, {span.begin, span.begin + 1}, span, at_});
  }

  bool is_brace(char brace) const {
    const Span span = doc_.token(at_).span;
    if (span.size() == 1) return doc_.source().text()[span.begin] == brace;
    return span.size() == 3 && doc_.kind(at_) == TokenKind::quoted && doc_.source().text()[span.begin + 1] == brace;
  }
  bool is(std::string_view word) const {
    const std::string_view text = doc_.text(at_);
    return text == word || (doc_.kind(at_) == TokenKind::quoted && text.size() == word.size() + 2 && text.substr(1, word.size()) == word);
  }

  NodeId push(NodeKind kind, std::uint32_t first) {
    const auto id = static_cast<NodeId>(nodes_.size());
    Node node{kind, first, first};
    if (!open_.empty()) {
      Open& parent = open_.back();
      node.parent = parent.node;
      (parent.last_child == no_node ? nodes_[parent.node].first_child : nodes_[parent.last_child].next_sibling) = id;
      parent.last_child = id;
    }
    nodes_.push_back(node);
    open_.push_back({id});
    return id;
  }
  void pop() {
    nodes_[open_.back().node].last = end_;
    open_.pop_back();
  }

  /// A node without children that ends with its line.
  void line_node(NodeKind kind) {
    push(kind, at_);
    do advance();
    while (!at_end() && !fresh());
    pop();
  }

  void server_block() {
    const std::uint32_t first = at_;
    const NodeId id = push(NodeKind::server_block, first);
    bool expecting = false;
    std::uint32_t keys = 0;
    while (!is_brace('{')) {
      const Span span = doc_.token(at_).span;
      const std::string_view text = doc_.source().text(span);
      const bool comma = text.back() == ',';
      if (comma) comma_ = {span.end - 1, span.end};
      if (text != "\"\"") {
        expecting = comma;
        ++keys;
      }
      advance();
      if (at_end()) {
        if (expecting) faults_.push_back({FaultKind::dangling_comma, comma_, {}, end_ - 1});
        return pop();
      }
      if (!expecting && fresh()) break;
      if (fresh() && is("import")) break;  // only at the start of a line, where a key could stand (S10)
    }
    const bool braces = is_brace('{');
    if (braces && expecting) faults_.push_back({FaultKind::dangling_comma, comma_, doc_.token(at_).span, at_});
    const std::string_view label = doc_.text(first);
    if (keys == 1 && label.front() == '(' && label.back() == ')') {
      nodes_[id].kind = NodeKind::snippet;
      if (!braces) faults_.push_back({FaultKind::snippet_without_body, doc_.token(first).span, {}, first});
    }
    if (braces) {
      const std::uint32_t opener = at_;
      push(NodeKind::block, at_);
      advance();
      contents(opener, nodes_[id].kind == NodeKind::snippet);
      pop();
    } else {
      contents(count_, false);
    }
    pop();
  }

  /// Directives up to the closing `}`, which is taken too. `opener` is count_ where there is no `{`.
  void contents(std::uint32_t opener, bool snippet) {
    while (!at_end()) {
      if (is_brace('}')) return advance();
      if (is("import")) {
        line_node(NodeKind::import);
      } else {
        directive(snippet);
      }
      if (unclosed_) return;
    }
    if (opener != count_) missing_close(opener);
  }

  /// One directive with all its blocks. Inside a snippet `}` ends the snippet wherever it stands.
  void directive(bool snippet) {
    push(NodeKind::directive, at_);
    const std::size_t floor = open_.size();
    std::uint32_t depth = 0;
    std::uint32_t opener = at_;
    while (true) {
      if (depth > 0 && is_brace('}')) {
        if (depth <= Document::max_depth) {
          if (nodes_[open_.back().node].kind == NodeKind::directive) pop();
          advance();
          pop();
        } else {
          advance();
        }
        --depth;
      } else if (is_brace('{') && end_ > nodes_[open_[floor - 1].node].first) {
        if (depth == 0) opener = at_;
        if (++depth <= Document::max_depth) {
          push(NodeKind::block, at_);
        } else if (depth == Document::max_depth + 1 && !too_deep_) {
          too_deep_ = true;
          faults_.push_back({FaultKind::too_deep, doc_.token(at_).span, {}, at_});
        }
        advance();
      } else if (depth == 0 && is_brace('}') && end_ > nodes_[open_[floor - 1].node].first) {
        if (!snippet) {
          faults_.push_back({FaultKind::stray_brace, doc_.token(at_).span, {}, at_});
        }
        break;
      } else {
        if (depth > 0 && depth <= Document::max_depth && nodes_[open_.back().node].kind == NodeKind::block) {
          if (fresh() && is("import")) {
            line_node(NodeKind::import);
            if (at_end()) break;
            continue;
          }
          push(NodeKind::directive, at_);
        }
        advance();
      }
      if (at_end()) break;
      if (fresh()) {
        if (depth == 0 && !is_brace('{')) break;
        if (depth > 0 && depth <= Document::max_depth && nodes_[open_.back().node].kind == NodeKind::directive && !is_brace('{')) pop();
      }
    }
    if (depth > 0) missing_close(opener);
    while (open_.size() >= floor) pop();
  }

  void missing_close(std::uint32_t opener) {
    if (unclosed_) return;
    unclosed_ = true;
    if (swallowed_) return;  // the quote is the cause
    faults_.push_back({FaultKind::unclosed_brace, doc_.token(opener).span, {}, opener});
  }

  const Document& doc_;
  std::vector<Node>& nodes_;
  std::vector<Fault>& faults_;
  std::vector<Open> open_;
  const std::uint32_t count_;
  std::uint32_t at_ = 0;   // the current significant token
  std::uint32_t end_ = 0;  // one past the last token taken
  Span comma_{};
  bool fresh_ = true;
  bool unclosed_ = false;
  bool too_deep_ = false;
  bool swallowed_ = false;  // by a quote that never ends
};

}  // namespace

void build(const Document& document, std::vector<Node>& nodes, std::vector<Fault>& faults) { Builder(document, nodes, faults).run(); }

}  // namespace corefile::syntax
