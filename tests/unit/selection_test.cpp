// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/corefile.hpp>
#include <string>
#include <vector>

namespace {

std::vector<std::string> rules_that_speak(const std::string& text, const std::vector<std::string>& ignored) {
  corefile::Options options;
  options.kind = corefile::InputKind::corefile;
  for (const std::string& name : ignored) options.selection.rules.push_back({corefile::Selector::Verb::ignore, name});
  std::vector<std::string> rules;
  for (const corefile::Diagnostic& found : corefile::check(corefile::Source("Corefile", text), options).diagnostics) {
    rules.emplace_back(found.rule);
  }
  return rules;
}

using Rules = std::vector<std::string>;

}  // namespace

TEST_CASE("a refused Corefile keeps an error until the rule it comes from is ignored") {
  const std::string startup = ". {\n    startup echo\n    forward . 192.0.2.53\n    cache 30\n}\n";
  CHECK(rules_that_speak(startup, {}) == Rules{"plugin-removed"});
  CHECK(rules_that_speak(startup, {"plugin-removed"}) == Rules{"unknown-directive"});
  CHECK(rules_that_speak(startup, {"plugin-removed", "unknown-directive"}) == Rules{});

  const std::string smart = ". {\n    forward . 192.0.2.53\n    cache \xE2\x80\x9C\x33\x30\xE2\x80\x9D {\n        servfail x\n    }\n}\n";
  CHECK(rules_that_speak(smart, {"invalid-value"}).empty() == false);
  CHECK(rules_that_speak(smart, {"ALL"}) == Rules{});
}

TEST_CASE("the cap cuts the least severe first, and what stays keeps its order") {
  std::string text;
  for (int i = 0; i < 10; ++i) text += "10." + std::to_string(i) + ".0.0/17 {\n    forward . 192.0.2.53\n}\n";
  text += "z.example {\n    cachee 30\n    forward . 192.0.2.53\n}\n";
  corefile::Options options;
  options.kind = corefile::InputKind::corefile;
  const corefile::Analysis all = corefile::check(corefile::Source("Corefile", text), options);
  REQUIRE(all.diagnostics.size() > 10);
  CHECK(all.dropped == 0);
  CHECK(!all.worst_dropped);
  options.max_findings = 3;
  const corefile::Analysis some = corefile::check(corefile::Source("Corefile", text), options);
  CHECK(some.diagnostics.size() == 3);
  CHECK(some.dropped == all.diagnostics.size() - 3);
  CHECK(some.worst_dropped == corefile::Severity::info);
  CHECK(some.any(corefile::Severity::error));
  CHECK(some.diagnostics[0].place == all.diagnostics[0].place);
  CHECK(some.diagnostics[2].rule == "unknown-directive");
  options.max_findings = 0;
  CHECK(corefile::check(corefile::Source("Corefile", text), options).worst_dropped == corefile::Severity::error);
}

TEST_CASE("of two names that are as precise the last decides") {
  using Verb = corefile::Selector::Verb;
  const auto speaks = [](std::vector<corefile::Selector> rules) {
    corefile::Options options;
    options.kind = corefile::InputKind::corefile;
    options.selection.rules = std::move(rules);
    return !corefile::check(corefile::Source("Corefile", ". {\n    forward . 192.0.2.53\n}\n"), options).diagnostics.empty();
  };
  CHECK(speaks({}));
  CHECK(speaks({{Verb::ignore, "cache-missing"}, {Verb::select, "cache-missing"}}));
  CHECK(!speaks({{Verb::select, "cache-missing"}, {Verb::ignore, "cache-missing"}}));
  CHECK(speaks({{Verb::select, "cache-missing"}, {Verb::ignore, "cache"}}));
  CHECK(!speaks({{Verb::ignore, "cache-missing"}, {Verb::select, "cache"}}));
  CHECK(!speaks({{Verb::select, "zones"}}));
}
