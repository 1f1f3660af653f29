// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/release.hpp>
#include <string_view>

#include "go/regexp.hpp"
#include "plugins/go_releases.hpp"

// What Go 1.21.8 and Go 1.26.8 say.
TEST_CASE("groups that are named without P are read from Go 1.22 on") {
  struct Pattern {
    std::string_view text;
    bool before, after;
  };
  static constexpr Pattern patterns[] = {{"(?P<a>x)", true, true},     {"(?<a>x)", false, true},         {"(?i)(?<a>x)", false, true},
                                         {"\\\\(?<a>x)", false, true}, {"(?<a", false, false},           {"(?<=a)b", false, false},
                                         {"\\(?<a>", true, true},      {"[(?<]a", true, true},           {"[](?<a>]", true, true},
                                         {"[\\](?<a>]", true, true},   {"[[:alpha:](?<a>]", true, true}, {"[^](?<]", true, true},
                                         {"\\Q(?<a>\\E", true, true},  {"x[(?<]((", false, false}};
  for (const Pattern& pattern : patterns) {
    CAPTURE(pattern.text);
    CHECK(corefile::go::compile_regexp(pattern.text, corefile::plugins::regexp_checks({1, 11, 3})).error.empty() == pattern.before);
    CHECK(corefile::go::compile_regexp(pattern.text, corefile::plugins::regexp_checks({1, 11, 4})).error.empty() == pattern.after);
  }
}
