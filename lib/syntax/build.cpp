// SPDX-License-Identifier: Apache-2.0
#include "syntax/build.hpp"

#include <algorithm>
#include <array>

namespace corefile::syntax {
namespace {

/// Groups tokens as caddyfile/parse.go does, without its imports: keys, a block, directives that end with their
/// line or with their own block. Holds its own stack, so nesting costs no call depth.
class Builder {
 public:
  Builder(const Document& document, std::vector<Node>& nodes, std::vector<Fault>& faults)
      : doc_(document), text_(document.source().text()), nodes_(nodes), faults_(faults), count_(document.token_count()) {}

  void run() {
    nodes_.reserve(count_ / 3 + 4);
    open_[0] = {no_node, no_node};
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
    NodeId last_child;
  };

  bool at_end() const { return at_ >= count_; }
  /// The current token is the first on its line.
  bool fresh() const { return fresh_; }

  /// Moves to the first significant token from `from` on.
  void next(std::uint32_t from) {
    fresh_ = from == 0;
    for (at_ = from; at_ < count_; ++at_) {
      const TokenKind kind = doc_.kind(at_);
      if (is_significant(kind)) return arrive(kind);
      fresh_ |= kind == TokenKind::newline;
    }
  }
  void arrive(TokenKind kind) {
    span_ = doc_.token(at_).span;
    quoted_ = kind == TokenKind::quoted;
    brace_ = span_.size() == 1 ? text_[span_.begin] : quoted_ && span_.size() == 3 ? text_[span_.begin + 1] : '\0';
    if (kind == TokenKind::unclosed_quote) unclosed_quote();
  }
  void advance() {
    end_ = at_ + 1;
    next(end_);
  }
  void unclosed_quote() {
    swallowed_ = true;
    faults_.push_back({FaultKind::unclosed_quote, {span_.begin, span_.begin + 1}, span_, at_});
  }

  bool is_brace(char brace) const { return brace_ == brace; }
  bool is(std::string_view word) const {
    const std::string_view text = text_.substr(span_.begin, span_.size());
    return text == word || (quoted_ && text.size() == word.size() + 2 && text.substr(1, word.size()) == word);
  }

  NodeId push(NodeKind kind, std::uint32_t first) {
    const auto id = static_cast<NodeId>(nodes_.size());
    Open& parent = open_[depth_];
    nodes_.push_back({kind, first, first, parent.node});
    if (parent.node != no_node) {
      (parent.last_child == no_node ? nodes_[parent.node].first_child : nodes_[parent.last_child].next_sibling) = id;
      parent.last_child = id;
    }
    open_[++depth_] = {id, no_node};
    return id;
  }
  void pop() { nodes_[open_[depth_--].node].last = end_; }
  bool inside(NodeKind kind) const { return nodes_[open_[depth_].node].kind == kind; }

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
      const std::string_view text = text_.substr(span_.begin, span_.size());
      const bool comma = text.back() == ',';
      if (comma) comma_ = {span_.end - 1, span_.end};
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
    if (braces && expecting) faults_.push_back({FaultKind::dangling_comma, comma_, span_, at_});
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
    const std::size_t floor = depth_;
    const std::uint32_t first = at_;
    std::uint32_t depth = 0;
    std::uint32_t opener = at_;
    while (true) {
      if (depth > 0 && is_brace('}')) {
        if (depth <= Document::max_depth) {
          if (inside(NodeKind::directive)) pop();
          advance();
          pop();
        } else {
          advance();
        }
        --depth;
      } else if (is_brace('{') && end_ > first) {
        if (depth == 0) opener = at_;
        if (++depth <= Document::max_depth) {
          push(NodeKind::block, at_);
        } else if (depth == Document::max_depth + 1 && !too_deep_) {
          too_deep_ = true;
          faults_.push_back({FaultKind::too_deep, span_, {}, at_});
        }
        advance();
      } else if (depth == 0 && is_brace('}') && end_ > first) {
        if (!snippet) {
          faults_.push_back({FaultKind::stray_brace, span_, {}, at_});
        }
        break;
      } else {
        if (depth > 0 && depth <= Document::max_depth && inside(NodeKind::block)) {
          if (fresh() && is("import")) {
            line_node(NodeKind::import);
            if (at_end()) break;
            continue;
          }
          push(NodeKind::directive, at_);
        }
        do advance();
        while (!at_end() && !fresh() && !is_brace('{') && !is_brace('}'));
      }
      if (at_end()) break;
      if (fresh()) {
        if (depth == 0 && !is_brace('{')) break;
        if (depth > 0 && depth <= Document::max_depth && inside(NodeKind::directive) && !is_brace('{')) pop();
      }
    }
    if (depth > 0) missing_close(opener);
    while (depth_ >= floor) pop();
  }

  void missing_close(std::uint32_t opener) {
    if (unclosed_) return;
    unclosed_ = true;
    if (swallowed_) return;  // the quote is the cause
    faults_.push_back({FaultKind::unclosed_brace, doc_.token(opener).span, {}, opener});
  }

  const Document& doc_;
  const std::string_view text_;
  std::vector<Node>& nodes_;
  std::vector<Fault>& faults_;
  /// Below the root's parent, which is none: file, server block, its block, then a directive and a block a level, and a line.
  std::array<Open, 2 * Document::max_depth + 8> open_;
  std::size_t depth_ = 0;
  const std::uint32_t count_;
  std::uint32_t at_ = 0;   // the current significant token
  std::uint32_t end_ = 0;  // one past the last token taken
  Span comma_{};
  Span span_{};        // of the current token
  char brace_ = '\0';  // the current token's only character, if it has one
  bool quoted_ = false;
  bool fresh_ = true;
  bool unclosed_ = false;
  bool too_deep_ = false;
  bool swallowed_ = false;  // by a quote that never ends
};

}  // namespace

void build(const Document& document, std::vector<Node>& nodes, std::vector<Fault>& faults) { Builder(document, nodes, faults).run(); }

}  // namespace corefile::syntax
