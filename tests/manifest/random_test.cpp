// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <corefile/render.hpp>

#include "cases.hpp"
#include "write.hpp"

using corefile::Embedded;
using corefile::Manifest;
using corefile::ScalarStyle;
using corefile::Source;
using corefile::Span;
using manifest_test::Random;

namespace {

constexpr std::array styles{ScalarStyle::literal, ScalarStyle::folded, ScalarStyle::plain, ScalarStyle::single_quoted,
                            ScalarStyle::double_quoted};

constexpr std::array<std::string_view, 18> pieces{"errors", "cache 30", ".:53 {", "}",        "\n",           "\n",
                                                  " ",      "    ",     "a b",    "'",        "\"quoted\"",   "\\",
                                                  "# x",    "\t",       ":",      "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};

// `simple`: only what every style can hold.
std::string random_text(Random& random, bool simple) {
  std::string text;
  const std::size_t kinds = simple ? 9 : pieces.size();
  for (auto left = 1 + random() % 14; left > 0; --left) {
    const std::string_view piece = pieces[random() % kinds];
    if (simple && (piece == " " || piece == "    ")) continue;
    text += piece;
    if (simple && random() % 3 == 0) text += '\n';
  }
  if (simple) {
    while (text.ends_with('\n')) text.pop_back();
    if (random() % 2 == 0) text += '\n';
  }
  return text;
}

std::string broken(const std::string& text, const std::string& written) {
  const Source file("f.yaml", written);
  const Manifest manifest = read_manifest(file);
  if (manifest.corefiles.size() != 1) return "no Corefile is found";
  if (manifest.corefiles[0].source.text() != text) return "read as `" + corefile::visible(manifest.corefiles[0].source.text()) + '`';
  return manifest_test::wrong_map(file, manifest.corefiles[0]);
}

std::string spliced(std::string_view text, Span at, std::string_view replacement) {
  return std::string(text.substr(0, at.begin)).append(replacement).append(text.substr(at.end));
}

// An edit of the text is the same edit of the file, read again. The line end behind a block is YAML's to keep.
std::string broken_edit(const Source& file, const Embedded& embedded, Span inner, std::string_view with, bool& taken) {
  Span at;
  std::string replacement;
  taken = embedded.outer_edit(inner, with, at, replacement);
  if (!taken) return {};
  std::string wanted = spliced(embedded.source.text(), inner, with);
  const Source edited("f.yaml", spliced(file.text(), at, replacement));
  const Manifest manifest = read_manifest(edited);
  const std::string what = "edit [" + std::to_string(inner.begin) + ", " + std::to_string(inner.end) + ") `" + corefile::visible(with) +
                           "` gives `" + corefile::visible(edited.text()) + "`: ";
  std::string got;
  if (manifest.corefiles.size() == 1) {
    got = manifest.corefiles[0].source.text();
  } else if (wanted.find_first_not_of(" \n") != std::string::npos) {
    return what + "not found";
  }
  if (embedded.style == ScalarStyle::literal) {
    while (wanted.ends_with('\n')) wanted.pop_back();
    while (got.ends_with('\n')) got.pop_back();
  }
  return got == wanted ? std::string() : what + "read as `" + corefile::visible(got) + '`';
}

constexpr std::array<std::string_view, 9> insertions{"",   "x",         "loop\n", "    a {\n    }\n", "\nready", " y", "\"q\" \\ 'z'",
                                                     "\n", "reload 10s"};

}  // namespace

TEST_CASE("a text is the same in every style, and each character is found where it stands") {
  Random random(1905);  // NOLINT(bugprone-random-generator-seed): the same texts every time
  std::array<int, styles.size()> written{};
  for (int round = 0; round < 1000; ++round) {
    const std::string text = random_text(random, round % 2 == 0);
    for (std::size_t i = 0; i < styles.size(); ++i) {
      const std::string file = manifest_test::write(text, styles[i], random);
      if (file.empty()) continue;
      ++written[i];
      for (const std::string& form : {file, manifest_test::with_crlf(file), "\xEF\xBB\xBF" + file}) {
        const std::string fault = broken(text, form);
        if (!fault.empty()) FAIL_CHECK("`" << corefile::visible(text) << "` in `" << corefile::visible(form) << "`: " << fault);
      }
    }
    const std::string json = manifest_test::write_json(text, random);
    if (const std::string fault = broken(text, json); !fault.empty()) FAIL_CHECK(corefile::visible(json) << ": " << fault);
  }
  for (const int count : written) CHECK(count > 100);
}

TEST_CASE("an edit of the text is the same edit of the file, or refused") {
  Random random(77);  // NOLINT(bugprone-random-generator-seed): the same texts every time
  std::array<int, styles.size()> taken_in{};
  for (int round = 0; round < 1000; ++round) {
    const std::string text = random_text(random, round % 2 == 0);
    for (std::size_t i = 0; i < styles.size(); ++i) {
      std::string written = manifest_test::write(text, styles[i], random);
      if (written.empty()) continue;
      if (random() % 3 == 0) written = manifest_test::with_crlf(written);
      const Source file("f.yaml", written);
      const Manifest manifest = read_manifest(file);
      if (manifest.corefiles.size() != 1) continue;
      const auto size = static_cast<std::uint32_t>(text.size());
      const auto begin = static_cast<std::uint32_t>(random() % (size + 1));
      const auto end = random() % 2 == 0 ? begin : begin + static_cast<std::uint32_t>(random() % (size - begin + 1));
      bool taken = false;
      const std::string fault = broken_edit(file, manifest.corefiles[0], {begin, end}, insertions[random() % insertions.size()], taken);
      taken_in[i] += taken ? 1 : 0;
      if (!fault.empty()) FAIL_CHECK("`" << corefile::visible(written) << "`: " << fault);
    }
  }
  for (const int count : taken_in) CHECK(count > 20);
}
