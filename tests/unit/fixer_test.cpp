// SPDX-License-Identifier: Apache-2.0
#include "lint/fixer.hpp"

#include <doctest/doctest.h>

#include <corefile/corefile.hpp>
#include <string>

using namespace corefile;

namespace {

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

std::string fixed(const std::string& text, std::string_view rule) {
  Options options;
  options.kind = InputKind::corefile;
  options.role = Role::cluster;
  options.selection.rules.push_back({Selector::Verb::select, std::string(rule)});
  return apply(text, check(Source("Corefile", text), options).diagnostics, Safety::unsafe);
}

}  // namespace

TEST_CASE("a fix keeps the line ends of its file") {
  struct Case {
    std::string_view rule, before, after;
  };
  const Case cases[] = {
      {"hosts-without-fallthrough",  // a property
       ". {\n    hosts {\n        192.0.2.1 a.example\n    }\n    forward . 192.0.2.53\n}\n",
       ". {\n    hosts {\n        192.0.2.1 a.example\n        fallthrough\n    }\n    forward . 192.0.2.53\n}\n"},
      {"hosts-without-fallthrough",  // a block
       ". {\n    hosts\n    forward . 192.0.2.53\n}\n", ". {\n    hosts {\n        fallthrough\n    }\n    forward . 192.0.2.53\n}\n"},
      {"hosts-line-twice",  // a line gone
       ". {\n    hosts {\n        192.0.2.1 a.example\n        192.0.2.1 a.example\n        fallthrough\n    }\n    forward . "
       "192.0.2.53\n}\n",
       ". {\n    hosts {\n        192.0.2.1 a.example\n        fallthrough\n    }\n    forward . 192.0.2.53\n}\n"},
      {"cache-missing",  // a line behind
       ". {\n    forward . 192.0.2.53\n}\n", ". {\n    forward . 192.0.2.53\n    cache 30\n}\n"},
      {"kubernetes-missing",  // several lines before
       ". {\n    errors\n    ready\n    forward . 192.0.2.53\n}\n",
       ". {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        pods insecure\n        fallthrough in-addr.arpa ip6.arpa\n      "
       "  ttl 30\n    "
       "}\n"
       "    errors\n    ready\n    forward . 192.0.2.53\n}\n"},
      {"stray-brace",  // lines that the rule breaks itself
       ". { errors }\n", ". {\n    errors\n}\n"},
      {"unclosed-brace", ". {\n    errors\n", ". {\n    errors\n}\n"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.rule);
    CHECK(fixed(std::string(one.before), one.rule) == one.after);
    CHECK(fixed(with_crlf(one.before), one.rule) == with_crlf(one.after));
  }
}

TEST_CASE("line ends are those of the line before") {
  CHECK(with_line_ends_of("a\r\nb\n", 3, "x\ny") == "x\r\ny");
  CHECK(with_line_ends_of("a\nb\r\n", 2, "x\ny") == "x\ny");
  CHECK(with_line_ends_of("a\r\nb\n", 0, "x\n") == "x\r\n");
  CHECK(with_line_ends_of("a", 1, "\n") == "\n");
  CHECK(with_line_ends_of("a\r\n", 3, "x\r\ny\n") == "x\r\ny\r\n");
}
