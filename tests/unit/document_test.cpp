// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <corefile/corefile.hpp>
#include <string>
#include <thread>
#include <utility>

#include "syntax/reading.hpp"

using namespace corefile;

namespace {

Document document_of(const std::string& text) { return parse(Source("Corefile", text)); }

/// Blocks in a plugin's block, with `inside` at the begin of each.
std::string nested_blocks(std::uint32_t depth, const std::string& inside) {
  std::string text = ". {\n";
  for (std::uint32_t i = 0; i < depth; ++i) text += "a {\n" + inside;
  return text;
}

}  // namespace

TEST_CASE("a tree is made once, whoever asks for it") {
  const Document document = document_of(". {\n    forward . 192.0.2.53 {\n        policy random\n    }\n}\n");
  std::array<const Node*, 4> seen{};
  std::array<std::thread, 4> threads;
  for (std::size_t i = 0; i < threads.size(); ++i) threads[i] = std::thread([&, i] { seen[i] = document.nodes().data(); });
  for (std::thread& thread : threads) thread.join();
  for (const Node* one : seen) CHECK(one == document.nodes().data());
}

TEST_CASE("a tree goes where its document goes") {
  Document document = document_of(". {\n    errors\n}\n");
  const Document early = document;
  const std::string tree = print_tree(document);
  const Node* const nodes = document.nodes().data();
  const Document late = document;
  const Document moved = std::move(document);
  CHECK(print_tree(early) == tree);
  CHECK(print_tree(late) == tree);
  CHECK(moved.nodes().data() == nodes);
  CHECK(Document().nodes().empty());
  CHECK(Document().token_count() == 0);
}

TEST_CASE("what makes a text hopeless is known without its tree") {
  using detail::DocumentAccess;
  CHECK(DocumentAccess::shallow(document_of(". {\n    errors\n}\n")));
  CHECK(!DocumentAccess::shallow(document_of(". {\n    errors \"\n}\n")));
  CHECK(DocumentAccess::shallow(document_of(nested_blocks(Document::max_depth - 1, ""))));
  for (const char* inside : {"", "import }\n", "b\n", "\"{\"\n}\n"}) {
    const Document deep = document_of(nested_blocks(Document::max_depth + 1, inside));
    CHECK(deep.faults().back().kind == FaultKind::too_deep);
    CHECK(!DocumentAccess::shallow(deep));
  }
}
