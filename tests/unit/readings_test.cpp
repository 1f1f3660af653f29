// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/corefile.hpp>
#include <string>

namespace {

std::string concise(const std::string& text, corefile::Options options = {}) {
  options.kind = corefile::InputKind::corefile;
  const corefile::Analysis analysis = corefile::check(corefile::Source("Corefile", text), options);
  std::string out;
  for (const corefile::Diagnostic& found : analysis.diagnostics) {
    out += std::string(to_string(found.severity)) + ' ' + std::string(found.rule);
    for (const std::string& note : found.notes) out += "; " + note;
    out += '\n';
  }
  return out;
}

}  // namespace

TEST_CASE("what is quoted where a quote never ends knows the plugins that were switched on") {
  corefile::Options options;
  REQUIRE(options.plugins.add("fanout"));
  const std::string found = concise(". {\n    fanout . 9.9.9.9\n    log \"x\n    whoami\n}\n", options);
  CHECK(found.find("unclosed-quote") != std::string::npos);
  CHECK(found.find("fanout") == std::string::npos);
}

TEST_CASE("a brace stuck to a word is an error where CoreDNS refuses the file in words that are not known") {
  CHECK(concise("(s){\n    errors x\n}\n. {\n    whoami\n}\n").find("error ") != std::string::npos);
}

TEST_CASE("a brace stuck to any of many words is read apart from it") {
  for (int words = 0; words < 100; ++words) {
    std::string text = ". {\n    errors\n    log . {\n        class";
    for (int i = 0; i < words; ++i) text += " all";
    text += "\n    }\n    acl{\n        block\n    }\n}\n";
    CAPTURE(words);
    const corefile::Readings readings = corefile::recover(corefile::parse(corefile::Source("Corefile", text)));
    const corefile::Config& config = readings.meant;
    REQUIRE(config.block_count() == 1);
    CHECK(config.block(0).directives().size() == 3);
    CHECK(config.block(0).has(corefile::Plugin::acl));
  }
}
