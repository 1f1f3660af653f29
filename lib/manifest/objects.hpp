// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/manifest.hpp>

#include "manifest/names.hpp"
#include "manifest/tree.hpp"

namespace corefile::manifest_detail {

/// Finds ConfigMaps in one document after the other, and what of them is a Corefile.
class ObjectReader {
 public:
  ObjectReader(const Source& file, Manifest& out) : file_(file), out_(out) {}
  void read(const Tree& tree, std::uint32_t document);
  /// One fault of kind `templated` a file.
  void say_templated(std::string_view language, Span word, const std::string& object);

 private:
  struct Pair {
    Index key;
    Index value;
  };
  struct ConfigMap {
    std::string object;
    std::string_view name;
    std::string_view name_space;
    Known known = Known::no;
  };

  void object(Index node, int depth);
  void config_map(Index node, const std::vector<Pair>& fields);
  void data(const ConfigMap& map, Pair field, bool has_binary);
  void missing(const ConfigMap& map, Index data_key, const std::vector<Pair>& entries);
  void corefile(const ConfigMap& map, Pair entry);
  void not_text(const ConfigMap& map, Pair entry, std::string_view what);
  void duplicates(const ConfigMap& map, Index node);
  void templated_name(const ConfigMap& map, Index name);

  // A map's entries, the merged ones (`<<`) behind its own. Of duplicates the last counts, as for kubectl.
  std::vector<Pair> pairs(Index node, int depth = 0);
  void merge(Index from, int depth, std::vector<Pair>& out);
  static constexpr Pair absent{none, none};
  Pair find(const std::vector<Pair>& pairs, std::string_view key) const noexcept;
  std::string_view text(Index node) const noexcept { return node == none ? std::string_view() : tree_->text(tree_->resolved(node)); }
  bool is(Index node, Node::Kind kind) const noexcept { return node != none && tree_->nodes[tree_->resolved(node)].kind == kind; }
  Span extent(Index node) const;

  const Source& file_;
  Manifest& out_;
  const Tree* tree_ = nullptr;
  std::uint32_t document_ = 0;
  std::vector<bool> seen_;  // nodes that were read as an object or a Corefile: aliases bring them again
  std::uint32_t merged_ = 0;
  bool templated_ = false;
};

}  // namespace corefile::manifest_detail
