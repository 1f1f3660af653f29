// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/corefile.hpp>
#include <string>
#include <vector>

namespace {

using Rules = std::vector<std::string>;

Rules told(const std::string& text, const corefile::Options& options = {}) {
  Rules rules;
  for (const corefile::Diagnostic& found : corefile::check(corefile::Source("Corefile", text), options).diagnostics) {
    rules.emplace_back(found.rule);
  }
  return rules;
}

std::string with(const std::string& line) { return ". {\n    errors\n    forward . 192.0.2.53\n    " + line + "\n}\n"; }

}  // namespace

TEST_CASE("what is ignored is kept, with the reason") {
  const std::string text = with("cache 30s  # corefile-lint: ignore[cache-ttl-as-zone] a zone of ours");
  const corefile::Analysis found = corefile::check(corefile::Source("Corefile", text));
  REQUIRE(found.suppressed.size() == 1);
  CHECK(found.suppressed[0].rule == "cache-ttl-as-zone");
  CHECK(found.suppressed[0].labels.back().text == "ignored here: a zone of ours");
  CHECK(found.sources[0].text(found.suppressed[0].labels.back().place.span) == "cache-ttl-as-zone");
}

TEST_CASE("a refused Corefile is called clean only where its error's rule is named") {
  CHECK(told(with("cachee  # corefile-lint: ignore[ALL] hush")) == Rules{"unknown-directive", "suppression-unused"});
  CHECK(told(with("cachee  # corefile-lint: ignore[load] hush")) == Rules{"unknown-directive", "suppression-unused"});
  CHECK(told(with("cachee  # corefile-lint: ignore[unknown-directive] ours")) == Rules{});
}

TEST_CASE("without the options nothing is ignored, and nothing said of comments") {
  corefile::Options options;
  options.suppressions = {false, false, {}};
  CHECK(told(with("cache 30s  # corefile-lint: ignore[cache-ttl-as-zone, such-a-rule]"), options) == Rules{"cache-ttl-as-zone"});
}

TEST_CASE("what was not to be heard is not said to be unused") {
  corefile::Options options;
  options.selection.rules = {{corefile::Selector::Verb::ignore, "cache-ttl-as-zone"}};
  CHECK(told(with("cache 30  # corefile-lint: ignore[cache-ttl-as-zone] old"), options) == Rules{});
  CHECK(told(with("cache 30  # corefile-lint: ignore[cache-ttl-as-zone] old")) == Rules{"suppression-unused"});
}

TEST_CASE("days end by the day that is given") {
  corefile::Options options;
  const std::string text = with("cache 30s  # corefile-lint: ignore[cache-ttl-as-zone] until 2027-03-01 we move");
  CHECK(told(text, options) == Rules{});
  options.suppressions.today = "2027-03-01";
  CHECK(told(text, options) == Rules{});
  options.suppressions.today = "2027-03-02";
  CHECK(told(text, options) == Rules{"cache-ttl-as-zone", "suppression-expired"});
}

TEST_CASE("a comment above is for what stands below, with its braces") {
  const std::string above = "# corefile-lint: ignore[cache-ttl-as-zone] ours\n";
  CHECK(told(above + with("cache 30s") + "example.org {\n    errors\n    forward . 192.0.2.53\n    cache 30s\n}\n") ==
        Rules{"cache-ttl-as-zone"});
  CHECK(told("# corefile-lint: ignore-file[cache-ttl-as-zone] ours\n" + with("cache 30s") +
             "example.org {\n    errors\n    forward . 192.0.2.53\n    cache 30s\n}\n") == Rules{});
  CHECK(told(with("# corefile-lint: ignore[cache-ttl-as-zone] ours\n    cache 30s")) == Rules{});
  CHECK(told(with("cache 30s {\n        success 20000\n    } # corefile-lint: ignore[cache-ttl-as-zone] too late")) ==
        Rules{"cache-ttl-as-zone", "suppression-unused"});
}
