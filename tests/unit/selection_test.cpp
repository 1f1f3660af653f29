// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <corefile/corefile.hpp>
#include <string>
#include <vector>

namespace {

std::vector<std::string> rules_that_warn(const std::string& text, std::vector<std::string> ignored) {
  corefile::Options options;
  options.kind = corefile::InputKind::corefile;
  options.selection.ignore = std::move(ignored);
  std::vector<std::string> rules;
  for (const corefile::Diagnostic& found : corefile::check(corefile::Source("Corefile", text), options).diagnostics) {
    if (found.severity >= corefile::Severity::warning) rules.emplace_back(found.rule);
  }
  return rules;
}

using Rules = std::vector<std::string>;

}  // namespace

TEST_CASE("a refused Corefile keeps an error until the rule it comes from is ignored") {
  const std::string startup = ". {\n    startup echo\n    forward . 192.0.2.53\n    cache 30\n}\n";
  CHECK(rules_that_warn(startup, {}) == Rules{"plugin-removed"});
  CHECK(rules_that_warn(startup, {"plugin-removed"}) == Rules{"unknown-directive"});
  CHECK(rules_that_warn(startup, {"plugin-removed", "unknown-directive"}) == Rules{});

  const std::string smart = ". {\n    forward . 192.0.2.53\n    cache \xE2\x80\x9C\x33\x30\xE2\x80\x9D {\n        servfail x\n    }\n}\n";
  CHECK(rules_that_warn(smart, {"invalid-value"}).empty() == false);
  CHECK(rules_that_warn(smart, {"ALL"}) == Rules{});
}

namespace {

// Blocks without `cache`, an info each, and behind them what CoreDNS refuses.
std::string many_infos() {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "z" + std::to_string(i) + ".example {\n    forward . 9.9.9.9\n}\n";
  return text + "bad.example {\n    forwardd . 9.9.9.9\n    cache 0s\n}\nworse.example {\n    forwarrd . 9.9.9.9\n}\n";
}

corefile::Analysis check_many(std::uint32_t most, std::vector<std::string> selected = {}) {
  corefile::Options options;
  options.max_findings = most;
  options.selection.select = std::move(selected);
  return corefile::check(corefile::Source("Corefile", many_infos()), options);
}

}  // namespace

TEST_CASE("no limit hides an error behind lesser findings") {
  const corefile::Analysis some = check_many(50);
  CHECK(some.diagnostics.size() == 50);
  CHECK(some.any(corefile::Severity::error));
  CHECK(some.dropped > 0);
  CHECK(some.dropped_errors == 0);
  CHECK(some.diagnostics.back().severity == corefile::Severity::error);

  const corefile::Analysis one = check_many(1);
  CHECK(one.diagnostics.size() == 1);
  CHECK(one.any(corefile::Severity::error));
  CHECK(one.dropped_errors == 1);
}

TEST_CASE("the limit counts what was selected") {
  const corefile::Analysis found = check_many(50, {"unknown-directive"});
  CHECK(found.diagnostics.size() == 2);
  CHECK(found.dropped == 0);
}
