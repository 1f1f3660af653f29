// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <corefile/corefile.hpp>
#include <filesystem>
#include <random>

#include "../read_file.hpp"
#include "invariants.hpp"

namespace fs = std::filesystem;

namespace {

/// How many files there were.
std::size_t check_folder(const fs::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    ++count;
    const std::string text = read_file(entry.path());
    CAPTURE(entry.path().string());
    CHECK(invariants::broken(text) == "");
    CHECK(invariants::unasked(text) == "");
  }
  return count;
}

}  // namespace

TEST_CASE("every text of the corpus is tiled, printed back and resolved") { CHECK(check_folder(COREFILE_SOURCE "/corpus") > 0); }

TEST_CASE("every real file is tiled, printed back and resolved") {
  if (!fs::exists(COREFILE_SHARED "/corpus-real")) {
    MESSAGE("skipped: there are no real files here (" COREFILE_SHARED "/corpus-real)");
    return;
  }
  CHECK(check_folder(COREFILE_SHARED "/corpus-real") > 0);
}

TEST_CASE("every random text is tiled, printed back and resolved") {
  using namespace std::string_view_literals;
  constexpr std::array pieces{"{"sv,        "}"sv,    "\""sv,    "\\"sv,    "#"sv,        "\r"sv,           "\n"sv,       "\n"sv,
                              " "sv,        " "sv,    "\t"sv,    ","sv,     "\xc2\xa0"sv, "\xc2\x85"sv,     "\xc3\xa9"sv, "\xff"sv,
                              "\xe2\x80"sv, "\0"sv,   "a"sv,     ". "sv,    "import"sv,   "import s\n"sv,   "(s)"sv,      "{$X}"sv,
                              "{%Y%}"sv,    " {\n"sv, "\n}\n"sv, "cache"sv, "a{\n"sv,     "\xef\xbb\xbf"sv, "\"\""sv,     "}}"sv};
  std::mt19937 random(1053);  // NOLINT(bugprone-random-generator-seed): the same texts every time
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto left = random() % 40; left > 0; --left) text += pieces[random() % pieces.size()];
    const std::string broken = invariants::broken(text);
    if (!broken.empty()) FAIL_CHECK(broken << " in `" << corefile::visible(text) << '`');
  }
}

TEST_CASE("every slip of the hand in a good file is tiled, printed back and resolved") {
  const std::string good =
      "(s) {\n    errors\n}\n.:53, example.org {\n    import s\n    forward . \"1.1.1.1\" {\n        max_fails 3\n    }\n}\n";
  for (std::size_t at = 0; at <= good.size(); ++at) {
    for (const std::string_view piece : {"{", "}", "\"", "#", ",", "\\", "\n", "\xff"}) {
      CHECK(invariants::broken(good.substr(0, at) + std::string(piece) + good.substr(at)) == "");
      CHECK(invariants::unasked(good.substr(0, at) + std::string(piece) + good.substr(at)) == "");
      if (at < good.size()) CHECK(invariants::broken(good.substr(0, at) + std::string(piece) + good.substr(at + 1)) == "");
    }
    CHECK(invariants::broken(good.substr(0, at)) == "");
    CHECK(invariants::broken(good.substr(at)) == "");
  }
}
