// SPDX-License-Identifier: Apache-2.0
#include "syntax/build.hpp"

#include <algorithm>
#include <array>

#include "syntax/reading.hpp"

namespace corefile::syntax {
namespace {

/// Groups tokens as caddyfile/parse.go does, without its imports: keys, a block, directives that end with their
/// line or with their own block. Holds its own stack, so nesting costs no call depth.
class Builder {
 public:
  Builder(const Document& document, detail::Tree& tree)
      : doc_(document),
        text_(document.source().text()),
        tokens_(detail::DocumentAccess::tokens(document)),
        end_of_text_(tokens_ + document.token_count()),
        end_(tokens_),
        nodes_(tree.nodes),
        faults_(tree.faults) {}

  void run() {
    const auto count = static_cast<std::uint32_t>(end_of_text_ - tokens_);
    nodes_.resize(room_ = count / 3 + 4);
    nodes_[0] = {NodeKind::file, 0, count};
    open_[0] = {0, no_node, NodeKind::file};
    fresh_ = true;
    arrive(tokens_);
    while (!at_end()) {
      if (is_import()) {
        line_node(NodeKind::import);
      } else {
        server_block();
      }
    }
    nodes_.resize(node_count_);
    if (faults_.size() > 1)
      std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) { return a.span < b.span; });
  }

 private:
  struct Open {
    NodeId node;
    NodeId last_child;
    NodeKind kind;
  };

  bool at_end() const { return at_ == end_of_text_; }
  std::uint32_t index_of(const detail::PackedToken* token) const { return static_cast<std::uint32_t>(token - tokens_); }
  std::uint32_t index() const { return index_of(at_); }
  /// The current token is the first on its line, or there is none.
  bool fresh() const { return fresh_; }

  /// Takes the current token.
  void advance() {
    end_ = at_ + 1;
    fresh_ = false;
    arrive(end_);
  }
  /// Takes the current token and those behind it, up to a brace or the line's end.
  void take_words() {
    do {
      const detail::PackedToken* token = at_;
      do {
        end_ = ++token;
        if (token->kind() == TokenKind::space) ++token;
      } while (token->usual() && token->kind() == TokenKind::word);
      fresh_ = false;
      arrive(token);
    } while (!fresh_ && !is_brace('{') && !is_brace('}'));
  }
  /// Moves to the first significant token from `token` on, or to the end, which looks like one.
  void arrive(const detail::PackedToken* token) {
    while (!is_significant(token->kind())) fresh_ |= (token++)->kind() == TokenKind::newline;
    at_ = token;
    brace_ = '\0';
    if (token->usual()) return;
    if (token->kind() == TokenKind::word && token != end_of_text_) {
      if (token[1].begin() - token->begin() == 1) brace_ = text_[token->begin()];
    } else {
      rare();
    }
  }
  /// What is no word.
  [[gnu::noinline]] void rare() {
    if (at_end()) {
      fresh_ = true;
    } else if (at_->kind() == TokenKind::unclosed_quote) {
      swallowed_ = true;
      faults_.push_back({FaultKind::unclosed_quote, {at_->begin(), at_->begin() + 1}, span(), index()});
    } else if (span().size() == 3) {
      brace_ = text_[at_->begin() + 1];
    }
  }

  Span span() const { return {at_->begin(), at_[1].begin()}; }
  std::string_view word() const { return {text_.data() + at_->begin(), span().size()}; }
  bool is_brace(char brace) const { return brace_ == brace; }
  bool is_import() const {
    constexpr std::string_view name = "import";
    const std::string_view text = word();
    return (text.size() == name.size() && text == name) || (text.size() == name.size() + 2 && text == "\"import\"");
  }

  /// A node from the current token on.
  NodeId push(NodeKind kind) {
    const NodeId id = node_count_++;
    if (id == room_) [[unlikely]]
      nodes_.resize(room_ *= 2);
    Open& parent = open_[depth_];
    nodes_[id] = {kind, index(), index(), parent.node};
    (parent.last_child == no_node ? nodes_[parent.node].first_child : nodes_[parent.last_child].next_sibling) = id;
    parent.last_child = id;
    open_[++depth_] = {id, no_node, kind};
    return id;
  }
  void pop() { nodes_[open_[depth_--].node].last = index_of(end_); }
  bool inside(NodeKind kind) const { return open_[depth_].kind == kind; }

  /// A node without children that ends with its line.
  void line_node(NodeKind kind) {
    push(kind);
    do advance();
    while (!fresh());
    pop();
  }

  void server_block() {
    const std::uint32_t first = index();
    const NodeId id = push(NodeKind::server_block);
    bool expecting = false;
    std::uint32_t keys = 0;
    while (!is_brace('{')) {
      const std::string_view text = word();
      const bool comma = text.back() == ',';
      if (comma) comma_ = {span().end - 1, span().end};
      if (text != "\"\"") {
        expecting = comma;
        ++keys;
      }
      advance();
      if (at_end()) {
        if (expecting) faults_.push_back({FaultKind::dangling_comma, comma_, {}, index_of(end_ - 1)});
        return pop();
      }
      if (!expecting && fresh()) break;
      if (fresh() && is_import()) break;  // only at the start of a line, where a key could stand (S10)
    }
    const bool braces = is_brace('{');
    if (braces && expecting) faults_.push_back({FaultKind::dangling_comma, comma_, span(), index()});
    const std::string_view label = doc_.text(first);
    if (keys == 1 && label.front() == '(' && label.back() == ')') {
      nodes_[id].kind = NodeKind::snippet;
      if (!braces) faults_.push_back({FaultKind::snippet_without_body, doc_.token(first).span, {}, first});
    }
    if (braces) {
      const detail::PackedToken* const opener = at_;
      push(NodeKind::block);
      advance();
      contents(opener, nodes_[id].kind == NodeKind::snippet);
      pop();
    } else {
      contents(end_of_text_, false);
    }
    pop();
  }

  /// Directives up to the closing `}`, which is taken too. `opener` is the text's end where there is no `{`.
  void contents(const detail::PackedToken* opener, bool snippet) {
    while (!at_end()) {
      if (is_brace('}')) return advance();
      if (is_import()) {
        line_node(NodeKind::import);
      } else {
        directive(snippet);
      }
      if (unclosed_) return;
    }
    if (opener != end_of_text_) missing_close(opener);
  }

  /// One directive with all its blocks. Inside a snippet `}` ends the snippet wherever it stands.
  void directive(bool snippet) {
    push(NodeKind::directive);
    const std::size_t floor = depth_;
    const detail::PackedToken* const first = at_;
    const detail::PackedToken* opener = at_;
    std::uint32_t depth = 0;
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
          push(NodeKind::block);
        } else if (depth == Document::max_depth + 1 && !too_deep_) {
          too_deep_ = true;
          faults_.push_back({FaultKind::too_deep, span(), {}, index()});
        }
        advance();
      } else if (depth == 0 && is_brace('}') && end_ > first) {
        if (!snippet) {
          faults_.push_back({FaultKind::stray_brace, span(), {}, index()});
        }
        break;
      } else {
        if (depth > 0 && depth <= Document::max_depth && inside(NodeKind::block)) {
          if (fresh() && is_import()) {
            line_node(NodeKind::import);
            if (at_end()) break;
            continue;
          }
          push(NodeKind::directive);
        }
        take_words();
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

  void missing_close(const detail::PackedToken* opener) {
    if (unclosed_) return;
    unclosed_ = true;
    if (swallowed_) return;  // the quote is the cause
    faults_.push_back({FaultKind::unclosed_brace, doc_.token(index_of(opener)).span, {}, index_of(opener)});
  }

  const Document& doc_;
  const std::string_view text_;
  const detail::PackedToken* const tokens_;
  const detail::PackedToken* const end_of_text_;
  const detail::PackedToken* end_;           // one past the last token taken
  const detail::PackedToken* at_ = nullptr;  // the current significant token
  std::vector<Node>& nodes_;
  std::vector<Fault>& faults_;
  NodeId node_count_ = 1;
  NodeId room_ = 0;  // for nodes
  /// File, server block, its block, then a directive and a block a level, and a line.
  std::array<Open, 2 * Document::max_depth + 8> open_;
  std::size_t depth_ = 0;
  Span comma_{};
  char brace_ = '\0';  // the current token's only character, if that may be a brace
  bool fresh_ = true;
  bool unclosed_ = false;
  bool too_deep_ = false;
  bool swallowed_ = false;  // by a quote that never ends
};

}  // namespace

void build(const Document& document, detail::Tree& tree) { Builder(document, tree).run(); }

}  // namespace corefile::syntax
