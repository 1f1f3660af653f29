// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/corefile.hpp>
#include <string>

#include <corefile/line_index.hpp>

using corefile::Position;
using corefile::Source;
using corefile::Span;

TEST_CASE("columns count code points") {
  const Source source("Corefile", "a\n\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80x\n\xff\xfey");
  CHECK(source.position(0) == Position{1, 1});
  CHECK(source.position(2) == Position{2, 1});
  CHECK(source.position(4) == Position{2, 2});
  CHECK(source.position(7) == Position{2, 3});
  CHECK(source.position(11) == Position{2, 4});
  CHECK(source.position(13) == Position{3, 1});
  CHECK(source.position(15) == Position{3, 3});
  CHECK(source.position(1000) == Position{3, 4});
}

TEST_CASE("a byte order mark in front has no column") {
  const Source source("Corefile", "\xef\xbb\xbf. {");
  CHECK(source.position(3) == Position{1, 1});
  CHECK(source.position(5) == Position{1, 3});
}

TEST_CASE("a line ends before LF or CRLF") {
  const Source source("Corefile", "ab\r\n\ncd");
  CHECK(source.line(0) == Span{0, 2});
  CHECK(source.line(2) == Span{0, 2});
  CHECK(source.line(4) == Span{4, 4});
  CHECK(source.line(5) == Span{5, 7});
  CHECK(source.line(99) == Span{5, 7});
}

TEST_CASE("an empty text has a first line") {
  const Source source;
  CHECK(source.position(0) == Position{1, 1});
  CHECK(source.line(0) == Span{0, 0});
}

namespace {

using corefile::Columns;
using corefile::LineIndex;

}  // namespace

TEST_CASE("an index counts columns in each encoding") {
  const std::string text =
      "\xef\xbb\xbf"
      "a\xc3\xa9\xf0\x9f\x98\x80x\n\xff\xe2\x82";
  const LineIndex index(text);
  CHECK(index.position(1) == Position{1, 1});
  CHECK(index.position(3) == Position{1, 1});
  CHECK(index.position(10, Columns::utf8) == Position{1, 8});
  CHECK(index.position(10, Columns::utf16) == Position{1, 5});
  CHECK(index.position(10, Columns::utf32) == Position{1, 4});
  CHECK(index.position(14, Columns::utf16) == Position{2, 3});
  CHECK(index.position(99) == Position{2, 4});
  CHECK(index.line(12) == "\xff\xe2\x82");
}

TEST_CASE("an index says of every offset what the source says") {
  std::string text;
  for (int i = 0; i < 900; ++i) text += i % 97 == 0 ? "\n" : i % 5 == 0 ? "\xf0\x9f\x98\x80" : i % 7 == 0 ? "\x80" : "ab\xc3\xa9 ";
  text += std::string(9000, 'x') + "\xe2\x82\xac" + std::string(5000, 'y');
  const Source source("Corefile", text);
  const LineIndex index(source.text());
  for (std::uint32_t offset = 0; offset <= text.size() + 1; offset += offset < 3000 ? 1 : 61) {
    REQUIRE(index.position(offset) == source.position(offset));
  }
}
