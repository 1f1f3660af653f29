// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <corefile/corefile.hpp>
#include <string>

using namespace corefile;

namespace {

Readings read(const std::string& text) { return recover(parse(Source("Corefile", text))); }

}  // namespace

TEST_CASE("a sound text has one reading") {
  const Readings readings = read(". {\n    forward . 192.0.2.53\n}\n");
  CHECK(!readings.differ());
  CHECK(&readings.literal() == &readings.meant);
  CHECK(readings.meant.accepted());
}

TEST_CASE("a brace that is stuck to a word has two, and resolve() gives CoreDNS's") {
  const std::string text = ".{\n    forward . 192.0.2.53\n}\n";
  const Readings readings = read(text);
  REQUIRE(readings.differ());
  REQUIRE(readings.glued_braces.size() == 1);
  CHECK(readings.glued_braces.front().span == Span{1, 2});
  CHECK(readings.meant.block(0).keys().front().text == ".");
  CHECK(readings.literal().block(0).keys().front().text == ".{");
  CHECK(print_config(readings.literal()) == print_config(resolve(parse(Source("Corefile", text)))));
}

TEST_CASE("what CoreDNS says of a quote that never ends knows the plugins that it is built with") {
  Options options;
  options.kind = InputKind::corefile;
  REQUIRE(options.plugins.add("fanout"));
  const std::string text = ". {\n    fanout . 192.0.2.53\n    errors\n    log . \"{remote}\n}\n";
  const Analysis analysis = check(Source("Corefile", text), options);
  const auto quote = std::find_if(analysis.diagnostics.begin(), analysis.diagnostics.end(),
                                  [](const Diagnostic& found) { return found.rule == "unclosed-quote"; });
  REQUIRE(quote != analysis.diagnostics.end());
  REQUIRE(quote->notes.size() == 2);
  CHECK(quote->notes[1].find("Unexpected token") != std::string::npos);
}
