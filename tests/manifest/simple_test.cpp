// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "../read_file.hpp"
#include "manifest/simple_tree.hpp"
#include "write.hpp"

using corefile::Span;
using corefile::manifest_detail::Node;
using corefile::manifest_detail::Tree;
using manifest_test::Random;

namespace {

bool same_node(const Node& a, const Node& b) {
  return a.kind == b.kind && a.tag == b.tag && a.at == b.at && a.target == b.target && a.text.begin == b.text.begin &&
         a.text.end == b.text.end && a.first == b.first && a.next == b.next;
}

// What is read the short way is what yaml-cpp reads. Counts the parts that were.
std::size_t compare_with_yaml_cpp(std::string_view text) {
  std::size_t simple = 0;
  for (const Span part : corefile::manifest_detail::split_documents(text)) {
    const auto tree = corefile::manifest_detail::read_simple_tree(text, part);
    if (!tree) continue;
    ++simple;
    std::vector<Tree> trees;
    const auto failure = corefile::manifest_detail::read_any_trees(text, part, trees);
    CAPTURE(text);
    REQUIRE_FALSE(failure);
    REQUIRE(trees.size() == 1);
    CHECK(tree->texts == trees[0].texts);
    REQUIRE(tree->nodes.size() == trees[0].nodes.size());
    for (std::size_t i = 0; i < tree->nodes.size(); ++i) {
      CAPTURE(i);
      CHECK(same_node(tree->nodes[i], trees[0].nodes[i]));
    }
  }
  return simple;
}

constexpr std::string_view usual_manifest =
    "---\napiVersion: v1\nkind: ConfigMap\n# of the cluster\nmetadata:\n  name: coredns\n  annotations:\n    a.example/b: \"1: 2\"\n    c: "
    "'d #'\n"
    "  creationTimestamp: \"2024-01-01T00:00:00Z\"\ndata:\n  Corefile: |\n    .:53 {\n        errors\n\n        # a word\n    }\n"
    "  NodeHosts: |-\n    192.0.2.1 a\n\n\n\n  more: 10.96.0.10:53\n";

constexpr std::array<std::string_view, 24> simple_lines{"a: b\n", "c:\n",    "  ",        "    ",       "d: |\n",    "e: |-\n",
                                                        "\n",     "f\n",     "# g\n",     "h: \"i\"\n", "j: 'k'\n",  "l: m n\n",
                                                        "---\n",  "...\n",   "o: null\n", "p: q: r\n",  "s: t #u\n", "- v\n",
                                                        "\t",     "w: {}\n", "x:y: z\n",  "0: 1\n",     " ",         "b-c: d:e\n"};

}  // namespace

TEST_CASE("simple trees are yaml-cpp's: a ConfigMap, and slips in it") {
  REQUIRE(compare_with_yaml_cpp(usual_manifest) == 1);
  std::size_t simple = 0;
  constexpr std::string_view marks = " \n\t:#-|'\"{}[]&*!%@`,?~a0.\\\r\xC3";
  for (std::size_t at = 0; at < usual_manifest.size(); ++at) {
    std::string without(usual_manifest);
    without.erase(at, 1);
    simple += compare_with_yaml_cpp(without);
    for (const char mark : marks) {
      std::string with(usual_manifest);
      with.insert(at, 1, mark);
      simple += compare_with_yaml_cpp(with);
    }
  }
  CHECK(simple > 1000);
}

TEST_CASE("simple trees are yaml-cpp's: random lines") {
  Random random(7);
  std::size_t simple = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto left = 1 + random() % 12; left > 0; --left) text += simple_lines[random() % simple_lines.size()];
    simple += compare_with_yaml_cpp(text);
  }
  CHECK(simple > 1000);
}

TEST_CASE("simple trees are yaml-cpp's: the corpus") {
  std::size_t simple = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(COREFILE_SOURCE "/corpus")) {
    if (entry.path().extension() == ".yaml") simple += compare_with_yaml_cpp(read_file(entry.path()));
  }
  CHECK(simple > 0);
}
