// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <corefile/corefile.hpp>
#include <random>
#include <string>

#include "lint/zones.hpp"

using namespace corefile;

namespace {

/// The arguments of a directive: so many names, made of few labels so that many of them meet.
Config names(std::mt19937& random, std::size_t count) {
  constexpr std::array<std::string_view, 12> labels{"a", "b", "A", "example", "org", "in-addr", "arpa", "ip6", "10", "0", "x-y", "_k"};
  constexpr std::array<std::string_view, 8> whole{".",         "10.0.0.0/8", "2001:db8::/32", "in-addr.arpa",
                                                  "IP6.arpa.", "a.:53",      "dns://b.org",   "org."};
  std::string text = ". {\n    any";
  for (std::size_t i = 0; i < count; ++i) {
    text += ' ';
    if (random() % 8 == 0) {
      text += whole[random() % whole.size()];
      continue;
    }
    for (auto left = 1 + random() % 4; left > 0; --left) {
      text += labels[random() % labels.size()];
      if (left > 1 || random() % 4 == 0) text += '.';
    }
  }
  return resolve(parse(Source("Corefile", text + "\n}\n")));
}

std::span<const Word> words_of(const Config& config) { return config.directive(0).arguments(); }

}  // namespace

TEST_CASE("a set of many zones covers what the zones cover one by one") {
  std::mt19937 random(53);  // NOLINT(bugprone-random-generator-seed): the same names every time
  for (int round = 0; round < 300; ++round) {
    const Config many = names(random, 17 + random() % 10);
    const Config others = names(random, 20);
    const ZoneSet zones(words_of(many));
    for (const Word& name : words_of(others)) {
      CAPTURE(name.text);
      REQUIRE(zones.covers(zone_of(name.text)) == any_covers(words_of(many), zone_of(name.text)));
    }
  }
}

TEST_CASE("many zones overlap where two of them do") {
  std::mt19937 random(54);  // NOLINT(bugprone-random-generator-seed): the same names every time
  int overlapping = 0;
  for (int round = 0; round < 300; ++round) {
    const Config left = names(random, 17);
    const Config right = names(random, 17);
    // Without the root and short names, which meet nearly everything.
    const auto rare = [](std::span<const Word> words) {
      const auto end = std::find_if(words.begin(), words.end(), [](const Word& word) { return zone_of(word.text).size() < 4; });
      return words.first(static_cast<std::size_t>(end - words.begin()));
    };
    for (const auto& [a, b] : {std::pair(words_of(left), words_of(right)), std::pair(rare(words_of(left)), words_of(right))}) {
      bool expected = false;
      for (const Word& x : a) {
        for (const Word& y : b) expected = expected || overlap(zone_of(x.text), zone_of(y.text));
      }
      overlapping += expected ? 1 : 0;
      REQUIRE(any_overlaps(a, b) == expected);
    }
  }
  CHECK(overlapping > 0);
  CHECK(overlapping < 600);
}
