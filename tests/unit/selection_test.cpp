// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/corefile.hpp>
#include <string>
#include <vector>

namespace {

std::vector<std::string> rules_that_speak(const std::string& text, std::vector<std::string> ignored) {
  corefile::Options options;
  options.kind = corefile::InputKind::corefile;
  options.selection.ignore = std::move(ignored);
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
