// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "manifest/manifest.hpp"

using corefile::Embedded;
using corefile::Manifest;
using corefile::Source;
using corefile::Span;

namespace {

/// The value of `Corefile` after `was` in it became `now`; `refused` if it cannot.
std::string edited(const std::string& value, std::string_view was, std::string_view now, std::size_t offset = 0) {
  const std::string head = "kind: ConfigMap\ndata:\n  Corefile: ";
  const Source file("f.yaml", head + value);
  const Manifest manifest = read_manifest(file);
  if (manifest.corefiles.size() != 1) return "not found";
  const Embedded& embedded = manifest.corefiles[0];
  const std::size_t begin = embedded.source.text().find(was) + offset;
  const Span inner{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + was.size() - offset)};
  Span at;
  std::string replacement;
  if (!embedded.outer_edit(inner, now, at, replacement)) return "refused";
  std::string text(file.text());
  text.replace(at.begin, at.size(), replacement);
  return text.substr(head.size());
}

std::string inserted(const std::string& value, std::string_view behind, std::string_view text) {
  return edited(value, behind, text, behind.size());
}

const std::string block = "|\n    . {\n        errors\n        cache\n    }\n";

}  // namespace

TEST_CASE("a literal block: within a line") {
  CHECK(edited(block, "errors", "log") == "|\n    . {\n        log\n        cache\n    }\n");
  CHECK(inserted(block, "cache", " 30") == "|\n    . {\n        errors\n        cache 30\n    }\n");
}

TEST_CASE("a literal block: new lines are indented") {
  CHECK(edited(block, "cache", "cache {\n        success 1\n    }") ==
        "|\n    . {\n        errors\n        cache {\n            success 1\n        }\n    }\n");
  CHECK(inserted(block, "errors\n", "    loop\n") == "|\n    . {\n        errors\n        loop\n        cache\n    }\n");
  CHECK(inserted(block, "}\n", "example.org {\n}\n") == block + "    example.org {\n    }\n");
  CHECK(inserted(block, "errors", "\n\n    loop") == "|\n    . {\n        errors\n\n        loop\n        cache\n    }\n");
}

TEST_CASE("a literal block: with a whole line goes its indentation") {
  CHECK(edited(block, "    errors\n", "") == "|\n    . {\n        cache\n    }\n");
  CHECK(edited(block, "    errors\n    cache\n", "    loop\n") == "|\n    . {\n        loop\n    }\n");
  CHECK(edited(block, "errors\n    ", "") == "|\n    . {\n        cache\n    }\n");
  CHECK(edited("|\n    a\n\n    b\n", "\n", "") == "|\n    a\n    b\n");
}

TEST_CASE("a literal block: the line end behind it stays") {
  CHECK(edited("|\n    a\n    b\n  other: x\n", "b\n", "c") == "|\n    a\n    c\n  other: x\n");
  CHECK(edited("|-\n    a\n  other: x\n", "a", "b\nc\n", 0) == "|-\n    b\n    c\n\n  other: x\n");
}

TEST_CASE("a literal block: refused where YAML would read another indentation") {
  CHECK(edited("|\n    a\n      b\n", "a\n", "") == "refused");
  CHECK(edited("|\n    a\n", "a", " a") == "refused");
  CHECK(edited("|\n    a\n", "a", "a\x01") == "refused");
}

TEST_CASE("a literal block in a CRLF file") {
  CHECK(edited("|\r\n    a\r\n    b\r\n", "a", "c\nd") == "|\r\n    c\r\n    d\r\n    b\r\n");
  CHECK(edited("|\r\n    a\r\n    b\r\n", "a\n", "") == "|\r\n    b\r\n");
}

TEST_CASE("double quotes: what needs an escape gets one") {
  CHECK(edited("\". {\\n  errors\\n}\\n\"\n", "errors", "log \"x\" \\\n\tloop") == "\". {\\n  log \\\"x\\\" \\\\\\n\\tloop\\n}\\n\"\n");
  CHECK(edited("\". {\\n  errors\\n}\\n\"\n", "  errors\n", "") == "\". {\\n}\\n\"\n");
  CHECK(edited("\"a\\u00e9\"\n", "\xA9", "x") == "refused");
}

TEST_CASE("a folded block: what a line begins with decides about the line ends around it") {
  const std::string folded = ">\n    . {\n        errors\n        log\n    }\n";
  CHECK(edited(folded, "    errors", "errors") == "refused");
  CHECK(edited(folded, "  errors", "x") == "refused");
  CHECK(edited(folded, "errors", "loop") == ">\n    . {\n        loop\n        log\n    }\n");
}

TEST_CASE("other styles: one line, or refused") {
  CHECK(edited("'. { it''s }'\n", "it's", "isn't") == "'. { isn''t }'\n");
  CHECK(edited("'. { errors }'\n", "errors", "a\nb") == "refused");
  CHECK(edited(". { errors }\n", "errors", "cache 30") == ". { cache 30 }\n");
  CHECK(edited(". { errors }\n", "errors", "a: b") == "refused");
  CHECK(edited(". { errors }\n", "errors", "a # b") == "refused");
  CHECK(edited(">\n    . {\n        errors\n    }\n", "errors", "cache") == ">\n    . {\n        cache\n    }\n");
  CHECK(edited(">\n    . {\n        errors\n    }\n", "errors", "a\nb") == "refused");
}
