// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/corefile.hpp>

using namespace corefile;

namespace {

Diagnostic fixed_by(Safety safety, std::vector<Edit> edits) {
  Diagnostic diagnostic{"a-rule", Severity::warning, {}, "a message"};
  diagnostic.fixes.push_back({"mend it", safety, std::move(edits)});
  return diagnostic;
}

Edit edit(std::uint32_t begin, std::uint32_t end, std::string text, std::uint32_t document = 0) {
  return {{document, {begin, end}}, std::move(text)};
}

}  // namespace

TEST_CASE("edits insert, replace and delete") {
  const std::vector<Diagnostic> found{fixed_by(Safety::safe, {edit(0, 1, "A"), edit(2, 2, "-"), edit(3, 4, "")})};
  CHECK(corefile::apply("abcdef", found) == "Ab-cef");
}

TEST_CASE("only fixes that are safe enough are applied") {
  const std::vector<Diagnostic> found{fixed_by(Safety::safe, {edit(0, 1, "S")}), fixed_by(Safety::unsafe, {edit(2, 3, "U")}),
                                      fixed_by(Safety::shown, {edit(4, 5, "D")})};
  CHECK(corefile::apply("abcdef", found) == "Sbcdef");
  CHECK(corefile::apply("abcdef", found, Safety::unsafe) == "SbUdef");
}

TEST_CASE("of two fixes that overlap the first in the text is applied") {
  const std::vector<Diagnostic> found{fixed_by(Safety::safe, {edit(2, 4, "2")}), fixed_by(Safety::safe, {edit(0, 3, "1")})};
  CHECK(corefile::apply("abcdef", found) == "1def");
}

TEST_CASE("a fix in another file leaves this one alone") {
  const std::vector<Diagnostic> found{fixed_by(Safety::safe, {edit(0, 1, "X", 1)})};
  CHECK(corefile::apply("abc", found) == "abc");
}

TEST_CASE("a fix that spans another is applied whole or not at all") {
  const std::vector<Diagnostic> found{fixed_by(Safety::safe, {edit(0, 1, "("), edit(5, 6, ")")}),
                                      fixed_by(Safety::safe, {edit(2, 3, "-")})};
  CHECK(corefile::apply("abcdef", found) == "(bcde)");
}

namespace {

std::string with_crlf(std::string text) {
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) text.insert(at, 1, '\r');
  return text;
}

std::string fixed(const std::string& text) {
  Options options;
  options.kind = InputKind::corefile;
  return apply(text, check(Source("Corefile", text), options).diagnostics, Safety::unsafe);
}

}  // namespace

TEST_CASE("a file of CRLF stays one") {
  const std::vector<std::string> texts{
      // a property more, a block made for one, a directive before and behind another, lines removed, one block of several lines written
      // anew
      ".:53 {\n    hosts {\n        10.0.0.1 a.example\n    }\n    forward . 9.9.9.9\n    cache 30\n}\n",
      ".:53 {\n    hosts example.hosts\n    forward . 9.9.9.9\n    cache 30\n}\n",
      ".:53 {\n    forward . /etc/resolv.conf\n    cache 30\n}\n",
      ".:53 {\n    errors\n    forward . 9.9.9.9\n}\n",
      ".:53 {\n    cache 30 {\n        prefetch 0\n        success 100\n    }\n    forward . 9.9.9.9\n}\n",
      ".:53 {\n    proxy . 9.9.9.9 8.8.8.8 {\n        policy round_robin\n        max_fails 2\n    }\n    cache 30\n}\n",
      ".:53 {\n    acl {\n        allow net 10.0.0.0/8\n    }\n    forward . 9.9.9.9\n    cache 30\n}\n",
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    const std::string plain = fixed(text);
    CHECK(plain != text);
    CHECK(fixed(with_crlf(text)) == with_crlf(plain));
  }
}
