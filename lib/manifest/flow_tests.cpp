// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/flow_test.hpp>
#include <corefile/queries.hpp>
#include <utility>

#include "manifest/tree.hpp"

/// The files of `corefile-lint test`.
namespace corefile {

using manifest_detail::Index;
using manifest_detail::none;
using manifest_detail::Tree;

namespace {

class TestReader {
 public:
  TestReader(const Source& file, const Tree& tree, FlowTests& out) : file_(file), tree_(tree), out_(out) {}

  std::optional<std::string> run() {
    if (tree_.nodes.empty() || node(0).kind != manifest_detail::Node::Kind::map)
      return fault(0, "a file of tests is a map with the key `tests`");
    for (const auto& [key, value] : pairs(0)) read_top(key, value);
    return std::move(fault_);
  }

 private:
  const manifest_detail::Node& node(Index index) const { return tree_.nodes[tree_.resolved(index)]; }
  std::string text(Index index) const { return std::string(tree_.text(tree_.resolved(index))); }
  std::uint32_t line(Index index) const { return file_.position(tree_.nodes[index].at).line; }
  std::string fault(Index at, const std::string& what) {
    std::string said = std::to_string(tree_.nodes.empty() ? 1 : line(at)) + ": " + what;
    if (!fault_) fault_ = said;
    return said;
  }

  std::vector<std::pair<Index, Index>> pairs(Index map) const {
    std::vector<std::pair<Index, Index>> out;
    for (Index key = node(map).first; key != none;) {
      const Index value = tree_.nodes[key].next;
      if (value == none) break;
      out.emplace_back(key, value);
      key = tree_.nodes[value].next;
    }
    return out;
  }

  /// A text, or several.
  std::vector<std::string> texts(Index index) {
    std::vector<std::string> out;
    const manifest_detail::Node& list = node(index);
    if (list.kind == manifest_detail::Node::Kind::scalar) return {text(index)};
    if (list.kind == manifest_detail::Node::Kind::null) return {};
    if (list.kind != manifest_detail::Node::Kind::sequence) fault(index, "a text is wanted here, or a list of texts");
    for (Index at = list.first; list.kind == manifest_detail::Node::Kind::sequence && at != none; at = tree_.nodes[at].next) {
      if (node(at).kind != manifest_detail::Node::Kind::scalar) fault(at, "a text is wanted here");
      out.push_back(text(at));
    }
    return out;
  }
  std::string one_text(Index index) {
    if (node(index).kind != manifest_detail::Node::Kind::scalar) fault(index, "a text is wanted here");
    return text(index);
  }

  void read_top(Index key, Index value) {
    const std::array<std::pair<std::string_view, std::string*>, 5> known{{{"corefile", &out_.corefile},
                                                                          {"coredns", &out_.coredns},
                                                                          {"kubernetes", &out_.kubernetes},
                                                                          {"cluster", &out_.cluster},
                                                                          {"resolv-conf", &out_.resolv_conf}}};
    for (const auto& [name, to] : known) {
      if (text(key) != name) continue;
      *to = one_text(value);
      return;
    }
    if (text(key) != "tests") {
      fault(key, "the key `" + text(key) + "` is not one of corefile, coredns, kubernetes, cluster, resolv-conf, tests");
    } else if (node(value).kind != manifest_detail::Node::Kind::sequence) {
      fault(value, "`tests` is a list");
    } else {
      for (Index at = node(value).first; at != none; at = tree_.nodes[at].next) read_test(at);
    }
  }

  void read_test(Index at) {
    if (node(at).kind != manifest_detail::Node::Kind::map) {
      fault(at, "a test is a map with one of the keys ask, never, always");
      return;
    }
    FlowTest test;
    test.line = line(at);
    Query like;
    std::vector<std::string> asked;
    bool kind = false;
    for (const auto& [key, value] : pairs(at)) {
      const std::string name = text(key);
      if (name == "ask") {
        asked = texts(value);
        kind = true;
      } else if (name == "never" || name == "always") {
        test.kind = name == "never" ? FlowTest::Kind::never : FlowTest::Kind::always;
        kind = true;
        read_promise(value, test, like);
      } else if (name == "name") {
        test.name = one_text(value);
      } else if (!read_expected(name, value, test) && !read_client(name, value, like, test)) {
        fault(key, "the key `" + name + "` is not one of name, ask, never, always, from, listener, tcp, rcode, by, answer, upstreams");
      }
    }
    if (!kind) fault(at, "a test has one of the keys ask, never, always");
    finish(std::move(test), std::move(like), asked, at);
  }

  void finish(FlowTest test, Query like, const std::vector<std::string>& asked, Index at) {
    if (test.kind == FlowTest::Kind::ask) {
      for (const std::string& one : asked) {
        const std::vector<Query> queries = read_queries(words(one), like);
        test.queries.insert(test.queries.end(), queries.begin(), queries.end());
        if (test.name.empty() || &one != asked.data()) test.name += (&one == asked.data() ? "" : ", ") + one;
      }
      if (test.queries.empty()) fault(at, "`ask` names no query");
    } else {
      test.queries.push_back(std::move(like));
      if (test.names.empty()) fault(at, "a promise needs `names`");
    }
    out_.tests.push_back(std::move(test));
  }

  static std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> out;
    std::string word;
    for (const char c : text + " ") {
      if (c != ' ') {
        word += c;
      } else if (!word.empty()) {
        out.push_back(std::exchange(word, {}));
      }
    }
    return out;
  }

  void read_promise(Index map, FlowTest& test, Query& like) {
    if (node(map).kind != manifest_detail::Node::Kind::map) {
      fault(map, "a promise is a map with the key `names`");
      return;
    }
    for (const auto& [key, value] : pairs(map)) {
      const std::string name = text(key);
      if (name == "names") {
        test.names = texts(value);
      } else if (name == "types") {
        test.types = texts(value);
      } else if (!read_expected(name, value, test) && !read_client(name, value, like, test)) {
        fault(key, "the key `" + name + "` is not one of names, types, from, listener, tcp, rcode, by, answer, upstreams");
      }
    }
    if (!test.name.empty()) return;
    test.name = test.kind == FlowTest::Kind::never ? "never:" : "always:";
    for (const std::string& one : test.names) test.name += ' ' + one;
  }

  bool read_expected(const std::string& name, Index value, FlowTest& test) {
    Expectation& expected = test.expected;
    if (name == "rcode") {
      expected.rcode = one_text(value);
    } else if (name == "by") {
      expected.by = one_text(value);
    } else if (name == "answer" || name == "upstreams") {
      std::vector<std::string> all = texts(value);
      if (all == std::vector<std::string>{"none"}) all.clear();
      (name == "answer" ? expected.answer : expected.upstreams) = std::move(all);
    } else {
      return false;
    }
    return true;
  }

  bool read_client(const std::string& name, Index value, Query& like, FlowTest& test) {
    if (name == "from") {
      like.client = one_text(value);
      test.any_client = false;
    } else if (name == "listener") {
      like.listener = one_text(value);
    } else if (name == "tcp") {
      like.tcp = one_text(value) == "true";
    } else {
      return false;
    }
    return true;
  }

  const Source& file_;
  const Tree& tree_;
  FlowTests& out_;
  std::optional<std::string> fault_;
};

}  // namespace

std::optional<std::string> read_flow_tests(const Source& file, FlowTests& out) {
  std::vector<Tree> trees;
  if (const auto deep = manifest_detail::too_deep(file.text())) {
    return std::to_string(file.position(*deep).line) + ": nested too deep";
  }
  for (const Span part : manifest_detail::split_documents(file.text())) {
    if (const auto failure = manifest_detail::read_trees(file.text(), part, trees)) {
      return std::to_string(file.position(failure->at).line) + ": not YAML: " + failure->words;
    }
  }
  FlowTests read;
  for (const Tree& tree : trees) {
    if (auto fault = TestReader(file, tree, read).run()) return fault;
  }
  out = std::move(read);
  return {};
}

}  // namespace corefile
