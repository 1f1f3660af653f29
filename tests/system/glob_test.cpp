// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "glob.hpp"

using corefile::app::matches_name;

TEST_CASE("patterns of names") {
  CHECK(matches_name("", ""));
  CHECK(matches_name("*", ""));
  CHECK_FALSE(matches_name("?", ""));
  CHECK(matches_name("*.yaml", "a.b.yaml"));
  CHECK_FALSE(matches_name("*.yaml", "a.yaml.bak"));
  CHECK(matches_name("*a*b*", "xxaxxbxx"));
  CHECK_FALSE(matches_name("*a*b*", "xxbxxaxx"));
  CHECK(matches_name("?orefile", "Corefile"));
  CHECK_FALSE(matches_name("corefile", "Corefile"));
  CHECK(matches_name("\\*", "*"));
  CHECK_FALSE(matches_name("\\*", "a"));
  CHECK_FALSE(matches_name("a\\", "a\\"));
  CHECK(matches_name("\xC3\xB6*", "\xC3\xB6rg"));
}

TEST_CASE("sets in patterns") {
  CHECK(matches_name("[a-c]", "b"));
  CHECK_FALSE(matches_name("[!a-c]", "b"));
  CHECK(matches_name("[^a-c]", "d"));
  CHECK(matches_name("[]]", "]"));
  CHECK(matches_name("[]-]", "-"));
  CHECK(matches_name("[a-]", "-"));
  CHECK(matches_name("[\\]]", "]"));
  CHECK(matches_name("[a\\-c]", "-"));
  CHECK_FALSE(matches_name("[a\\-c]", "b"));
  CHECK(matches_name("[[:digit:]x]", "7"));
  CHECK(matches_name("[[:digit:]x]", "x"));
  CHECK_FALSE(matches_name("[![:upper:]]*", "Corefile"));
  CHECK(matches_name("[[]", "["));
  CHECK(matches_name("[\xC3-\xFF]?", "\xC3\xB6"));
  // No sets.
  CHECK_FALSE(matches_name("[a", "a"));
  CHECK_FALSE(matches_name("[a", "[a"));
  CHECK_FALSE(matches_name("[[:no:]]", "n"));
}

TEST_CASE("patterns that nobody writes") {
  const std::string many(5000, 'a');
  std::string stars;
  for (int i = 0; i < 500; ++i) stars += "*a";
  CHECK(matches_name(stars, many));
  CHECK_FALSE(matches_name(stars + 'b', many));
}
