// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "cases.hpp"
#include "write.hpp"

using corefile::Embedded;
using corefile::Manifest;
using corefile::Source;
using corefile::Span;

namespace {

std::string_view outer_text(const Source& file, const Embedded& embedded, Span inner) { return file.text(embedded.outer(inner)); }

}  // namespace

TEST_CASE("CRLF: a line end is both bytes, and the lines are right") {
  const Source file("f.yaml", manifest_test::with_crlf("kind: ConfigMap\ndata:\n  Corefile: |\n    . {\n    }\n"));
  const Manifest manifest = read_manifest(file);
  REQUIRE(manifest.corefiles.size() == 1);
  const Embedded& embedded = manifest.corefiles[0];
  CHECK(embedded.source.text() == ". {\n}\n");
  CHECK(outer_text(file, embedded, {3, 4}) == "\r\n");
  CHECK(outer_text(file, embedded, {4, 5}) == "}");
  CHECK(file.position(embedded.outer({4, 4}).begin) == corefile::Position{5, 5});
}

TEST_CASE("a byte order mark and a missing last line end") {
  const Source file("f.yaml", "\xEF\xBB\xBFkind: ConfigMap\ndata:\n  Corefile: |\n    . {\n    }");
  const Manifest manifest = read_manifest(file);
  REQUIRE(manifest.corefiles.size() == 1);
  CHECK(manifest.corefiles[0].source.text() == ". {\n}");
  CHECK(outer_text(file, manifest.corefiles[0], {4, 5}) == "}");
  CHECK(file.text(manifest.corefiles[0].key_span) == "Corefile");
}

TEST_CASE("an escape stands for its bytes; spans across lines hold what is between them") {
  const Source file("f.yaml", "kind: ConfigMap\ndata:\n  Corefile: \"a\\u00e9\\nb\"\n");
  const Manifest manifest = read_manifest(file);
  REQUIRE(manifest.corefiles.size() == 1);
  const Embedded& embedded = manifest.corefiles[0];
  CHECK(embedded.source.text() == "a\xC3\xA9\nb");
  CHECK(outer_text(file, embedded, {1, 3}) == "\\u00e9");
  CHECK(outer_text(file, embedded, {1, 2}) == "\\u00e9");
  CHECK(outer_text(file, embedded, {3, 4}) == "\\n");
  CHECK(outer_text(file, embedded, {0, 5}) == "a\\u00e9\\nb");
}

TEST_CASE("an empty span has a place, the last one behind the text") {
  const Source file("f.yaml", "kind: ConfigMap\ndata:\n  Corefile: |\n    ab\n    c\n");
  const Manifest manifest = read_manifest(file);
  REQUIRE(manifest.corefiles.size() == 1);
  const Embedded& embedded = manifest.corefiles[0];
  const auto place = [&](std::uint32_t at) { return file.position(embedded.outer({at, at}).begin); };
  CHECK(place(0) == corefile::Position{4, 5});
  CHECK(place(2) == corefile::Position{4, 7});
  CHECK(place(3) == corefile::Position{5, 5});
  CHECK(place(5) == corefile::Position{6, 1});
}

TEST_CASE("an empty text has a place inside the file") {
  for (const std::string value : {"\"\"", "''", "|", "|\n", ">-\n  # x\n"}) {
    const Source file("f.yaml", "kind: ConfigMap\ndata:\n  Corefile: " + value);
    const Manifest manifest = read_manifest(file);
    CAPTURE(value);
    REQUIRE(manifest.corefiles.size() == 1);
    const Span at = manifest.corefiles[0].outer({0, 0});
    CHECK(at.empty());
    CHECK(file.position(at.begin).line == 3);
  }
}
