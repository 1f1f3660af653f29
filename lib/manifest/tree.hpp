// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// YAML's structure, as yaml-cpp sees it: which node is where. What a scalar's bytes are is scalar.hpp's.
namespace corefile::manifest_detail {

using Index = std::uint32_t;
inline constexpr Index none = 0xFFFFFFFF;

struct Node {
  enum class Kind : std::uint8_t { null, scalar, map, sequence, alias } kind;
  enum class Tag : std::uint8_t { plain, quoted, text, binary, other } tag;  ///< quoted: or a block scalar
  std::uint32_t at;                                                          ///< in the file: its first property, if it has some
  Index target;                                                              ///< of an alias
  Span text{};                                                               ///< of a scalar, in Tree::texts
  Index first = none;                                                        ///< of a map: key, value, key, value, …
  Index next = none;
};

/// One document; node 0 is its root.
struct Tree {
  std::vector<Node> nodes;
  std::string texts;

  std::string_view text(Index node) const noexcept {
    const Span at = nodes[node].text;
    return std::string_view(texts).substr(at.begin, at.size());
  }
  /// The node itself, or what an alias stands for.
  Index resolved(Index node) const noexcept { return nodes[node].kind == Node::Kind::alias ? nodes[node].target : node; }
};

struct Failure {
  std::uint32_t at;                     ///< in the file
  std::string words;                    ///< yaml-cpp's
  Tree read;                            ///< what came before it
  std::optional<std::uint32_t> opened;  ///< the innermost `[` or `{` that is open
};

/// Nesting in `[` and `{` beyond which nothing is parsed: what kubectl's parser (go-yaml, max_flow_level) takes.
inline constexpr std::uint32_t max_flow_depth = 10'000;
/// Where a text is nested deeper than that.
std::optional<std::uint32_t> too_deep(std::string_view text) noexcept;

/// The parts of a file that lines of `---` begin. They are independent of each other.
std::vector<Span> split_documents(std::string_view text);

/// Appends the part's documents, usually one; none of them if it fails.
std::optional<Failure> read_trees(std::string_view file, Span part, std::vector<Tree>& out);
/// The same by yaml-cpp alone, without a short cut for what is simple.
std::optional<Failure> read_any_trees(std::string_view file, Span part, std::vector<Tree>& out);

}  // namespace corefile::manifest_detail
