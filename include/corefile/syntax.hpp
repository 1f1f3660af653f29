// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <corefile/source.hpp>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Bytes to a lossless tree. Nothing here knows what a plugin is, reads a file or looks at the environment:
/// that is resolve.hpp's. Follows coredns/caddy v1.1.4, caddyfile/lexer.go and parse.go.
namespace corefile {

enum class TokenKind : std::uint8_t {
  word,            ///< a run without white space; braces are words whose whole text is `{` or `}`
  quoted,          ///< begins and ends with `"`
  unclosed_quote,  ///< begins with `"` and runs to the end of the text
  space,           ///< white space without a line end
  newline,         ///< a LF and all white space after it
  comment,         ///< `#` to the end of its line
  glued_comment,   ///< `#` within a word: hides text up to the next white space only
  byte_order_mark  ///< U+FEFF as the first character
};

/// Tokens tile the text: the first begins at 0, each begins where the last ended, the last ends at size().
struct Token {
  TokenKind kind;
  Span span;
};

/// What the server sees as tokens; the other kinds are trivia.
constexpr bool is_significant(TokenKind kind) noexcept { return kind <= TokenKind::unclosed_quote; }

enum class NodeKind : std::uint8_t {
  file,
  server_block,  ///< keys, then a block or, without braces, its directives
  snippet,       ///< `(name)` and a block
  import,        ///< `import X`, at any level
  directive,     ///< a plugin's line, or one property inside a plugin's block
  block          ///< `{` to `}`
};

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xFFFFFFFF;

/// Owns the tokens [first, last). Children lie inside it, in order. Node 0 is the file.
struct Node {
  NodeKind kind;
  std::uint32_t first;
  std::uint32_t last;
  NodeId parent = no_node;
  NodeId first_child = no_node;
  NodeId next_sibling = no_node;
};

enum class FaultKind : std::uint8_t {
  unclosed_brace,        ///< `{` without its `}`; `related` is where the `}` was missed
  stray_brace,           ///< `}` on a directive's own line, with nothing to close
  unclosed_quote,        ///< `"` without an end: the rest of the file is one token
  dangling_comma,        ///< a key's comma with no key after it
  snippet_without_body,  ///< `(name)` not followed by `{`
  too_deep               ///< nested deeper than Document::max_depth; what is deeper has no nodes of its own
};

/// Something wrong with the text itself, at its cause rather than where the server notices it.
struct Fault {
  FaultKind kind;
  Span span;
  Span related{};
  std::uint32_t token = 0;  ///< where it is, or the token to which `repair` applies
  /// How reading goes on behind the fault; the text itself is never changed.
  enum class Repair : std::uint8_t { none, close_before } repair = Repair::none;
};

class Document;

/// What a Document is made of: no part of the interface.
namespace detail {

/// A token in four bytes; where it ends the next one begins.
class PackedToken {
 public:
  PackedToken() = default;
  constexpr PackedToken(TokenKind kind, std::uint32_t begin, bool usual) noexcept
      : bits_(begin | static_cast<std::uint32_t>(kind) << 28U | static_cast<std::uint32_t>(usual) << 31U) {}
  constexpr TokenKind kind() const noexcept { return static_cast<TokenKind>(bits_ >> 28U & 7U); }
  constexpr std::uint32_t begin() const noexcept { return bits_ & 0x0FFFFFFFU; }
  /// A word that is bare (see Word::bare), white space with one line end.
  constexpr bool usual() const noexcept { return bits_ >> 31U != 0; }

 private:
  std::uint32_t bits_ = 0;
};

struct Tree {
  std::vector<Node> nodes;
  std::vector<Fault> faults;
};

/// A Document's tree, made when somebody asks for it: to lint, tokens are enough. Whichever threads ask first, one tree is kept.
class LazyTree {
 public:
  LazyTree() = default;
  explicit LazyTree(std::unique_ptr<const Tree> tree) noexcept : made_(tree.release()) {}
  LazyTree(const LazyTree& other);
  LazyTree(LazyTree&& other) noexcept : made_(other.made_.load(std::memory_order_relaxed)) {
    other.made_.store(nullptr, std::memory_order_relaxed);
  }
  LazyTree& operator=(LazyTree other) noexcept {
    const Tree* const mine = made_.load(std::memory_order_relaxed);
    made_.store(other.made_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    other.made_.store(mine, std::memory_order_relaxed);
    return *this;
  }
  ~LazyTree() { delete made_.load(std::memory_order_acquire); }

  const Tree& of(const Document& document) const;

 private:
  mutable std::atomic<const Tree*> made_{nullptr};
};

/// For those who walk along a Document's tokens.
struct DocumentAccess;

}  // namespace detail

/// A text, its tokens and its tree, as flat vectors. Movable and copyable; the views it gives live as long.
class Document {
 public:
  /// Blocks nested deeper than this get no nodes and one Fault. CoreDNS's own parser has no such limit, and no
  /// plugin reads more than two levels.
  static constexpr std::uint32_t max_depth = 64;

  const Source& source() const noexcept { return source_; }
  std::uint32_t token_count() const noexcept { return static_cast<std::uint32_t>(tokens_.empty() ? 0 : tokens_.size() - 1); }
  Token token(std::uint32_t index) const noexcept { return {kind(index), {tokens_[index].begin(), tokens_[index + 1].begin()}}; }
  TokenKind kind(std::uint32_t index) const noexcept { return tokens_[index].kind(); }
  std::string_view text(std::uint32_t index) const noexcept { return source_.text(token(index).span); }

  std::span<const Node> nodes() const { return tree_.of(*this).nodes; }
  Span span(NodeId node) const;
  /// In the order of the text.
  std::span<const Fault> faults() const { return tree_.of(*this).faults; }
  /// Nothing in the text needs decoding: no byte above 127, no CR, no `\`.
  bool plain() const noexcept { return plain_; }
  /// No byte above 127.
  bool ascii() const noexcept { return ascii_; }

 private:
  friend Document parse(Source source);
  friend Document parse_mended(const Document& document);
  friend struct detail::DocumentAccess;

  Source source_;
  bool plain_ = false, ascii_ = false;
  bool lone_braces_ = false;                 // surely no `{` but those that are words
  bool few_signs_ = false;                   // surely words of small letters, digits, `-_./:` and lone braces alone
  bool closing_braces_lead_ = false;         // surely each `}` begins its line
  bool shallow_ = false;                     // surely every quote has an end, and no block is too deep
  std::vector<detail::PackedToken> tokens_;  // behind the last one its end: tiling by construction
  detail::LazyTree tree_;
};

/// Total: every text gives a Document, nothing throws but std::bad_alloc. O(size) time; at most 12 bytes of
/// memory per byte of text on top of it.
Document parse(Source source);

/// Gives the text back, byte for byte, from the tokens alone.
std::string print(const Document& document);
/// One line a token: kind, byte range, text (escaped).
std::string print_tokens(const Document& document);
/// The tree, indented, one line a node.
std::string print_tree(const Document& document);

}  // namespace corefile
