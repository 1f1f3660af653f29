// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <corefile/format.hpp>
#include <filesystem>

#include "../read_file.hpp"

namespace fs = std::filesystem;
using namespace corefile;

namespace {

std::string formatted(const Source& file) { return apply_edits(file.text(), corefile::format(file).edits); }
std::string formatted(std::string text) { return formatted(Source("Corefile", std::move(text))); }

std::string without_white_space(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != ' ' && c != '\t' && c != '\n' && c != '\r'; });
  return out;
}

/// What is wrong with the way a file is formatted; empty: nothing. Escapes in quoted scalars are ink of the file.
std::string wrong(const Source& file) {
  const std::string text = formatted(file);
  const Formatting again = corefile::format(Source(file.name(), text));
  if (!again.edits.empty()) return "not the same when formatted again: " + text;
  if (file.text().find("\\t") == std::string_view::npos && file.text().find("\\n") == std::string_view::npos &&
      without_white_space(file.text()) != without_white_space(text))
    return "more than white space has changed: " + text;
  if (std::count(text.begin(), text.end(), '\n') < std::count(file.text().begin(), file.text().end(), '\n'))
    return "a line is lost: " + text;
  return {};
}

std::size_t check_folder(const fs::path& folder) {
  std::size_t changed = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".verdicts") continue;
    const Source file(entry.path().string(), read_file(entry.path()));
    CAPTURE(file.name());
    CHECK(wrong(file) == "");
    if (formatted(file) != file.text()) ++changed;
  }
  return changed;
}

}  // namespace

TEST_CASE("blocks are indented, words are one space apart, lines end with their last word") {
  CHECK(formatted(".:53   {\n\terrors  # all\t\n  health {\n lameduck   5s\n}\n   }") ==
        ".:53 {\n    errors # all\n    health {\n        lameduck 5s\n    }\n}\n");
}

TEST_CASE("comments and empty lines stay, and what is quoted does") {
  CHECK(formatted("# a\n\n\n . {\n# b  c\n\n  log . \"x  y\n  z\"  class\n}\n") ==
        "# a\n\n\n. {\n    # b  c\n\n    log . \"x  y\n  z\" class\n}\n");
}

TEST_CASE("line ends stay as they are, each on its own") {
  CHECK(formatted(". {\r\n  log \r\n\r\n errors\n}") == ". {\r\n    log\r\n\r\n    errors\n}\r\n");
  CHECK(formatted("\xEF\xBB\xBF. {\r\n  # c \r\n}\r\n") == "\xEF\xBB\xBF. {\r\n    # c\r\n}\r\n");
}

TEST_CASE("no line is broken or joined") {
  CHECK(formatted("a,\nb\n{\n log\n}\n. {\n forward . x { max_fails 1\n }\n} c.example {\n log\n}\n") ==
        "a,\nb\n{\n    log\n}\n. {\n    forward . x { max_fails 1\n    }\n} c.example {\n    log\n}\n");
}

TEST_CASE("white space beyond ASCII is a space, that within words stays") {
  CHECK(formatted(". {\n\xC2\xA0 log\xE3\x80\x80.\n}\n") == ". {\n    log .\n}\n");
  CHECK(formatted(". {\n  lo\rg\n  errors#a  b\n}\n") == ". {\n    lo\rg\n    errors#a b\n}\n");
}

TEST_CASE("a text that CoreDNS refuses is left as it is") {
  const Formatting formatting = corefile::format(Source("Corefile", "  . {\n log\n"));
  CHECK(formatting.edits.empty());
  REQUIRE(formatting.left.size() == 1);
  CHECK(formatting.left[0].refused);
}

TEST_CASE("a text that another program fills in is left as it is") {
  const Formatting formatting = corefile::format(Source("Corefile", "{{ zone }} {\n log\n}\n"));
  CHECK(formatting.edits.empty());
  REQUIRE(formatting.left.size() == 1);
  CHECK_FALSE(formatting.left[0].refused);
}

TEST_CASE("in a manifest, in the scalar's style") {
  const std::string head = "kind: ConfigMap\nmetadata: {name: coredns}\ndata:\n  Corefile: ";
  const auto value = [&](const std::string& text) { return formatted(Source("cm.yaml", head + text)).substr(head.size()); };
  CHECK(value("|\n    . {\n      log  \n     \n     }\n  x: y\n") == "|\n    . {\n        log\n\n    }\n  x: y\n");
  CHECK(value("|2-\n     . {\n    log\n    }\n") == "|2-\n    . {\n        log\n    }\n");
  CHECK(value("\". {\\n\\tlog \\n}\\n\"\n") == "\". {\\n    log\\n}\\n\"\n");
  // Other indentation would be other line ends.
  CHECK(value(">\n    . {\n\n     log\n\n    }\n") == ">\n    . {\n\n     log\n\n    }\n");
}

TEST_CASE("every text of the corpus is formatted once and for all") { CHECK(check_folder(COREFILE_SOURCE "/corpus") > 0); }

TEST_CASE("every real file is formatted once and for all") {
  if (!fs::exists(COREFILE_SHARED "/corpus-real")) {
    MESSAGE("skipped: there are no real files here (" COREFILE_SHARED "/corpus-real)");
    return;
  }
  CHECK(check_folder(COREFILE_SHARED "/corpus-real") > 0);
}
