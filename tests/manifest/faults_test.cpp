// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>

#include "cases.hpp"
#include "manifest/manifest.hpp"

using corefile::Manifest;
using corefile::ManifestFault;
using corefile::Source;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

bool is_invalid(const std::string& text) {
  const Manifest manifest = read_manifest(Source("f.yaml", text));
  return manifest.corefiles.empty() && manifest.faults.size() == 1 && manifest.faults[0].kind == ManifestFault::Kind::invalid_yaml;
}

}  // namespace

TEST_CASE("what is nested too deep is a finding") {
  CHECK(is_invalid(repeated("[", 1'000'000)));
  CHECK(is_invalid(repeated("{a: ", 1'000'000)));
  CHECK(is_invalid(repeated("[", 9'000)));
  CHECK(is_invalid(repeated("- ", 100'000)));
  CHECK(is_invalid(repeated("? ", 100'000)));
}

TEST_CASE("brackets in quotes nest nothing, and quotes in plain words hide nothing") {
  const std::string brackets = repeated("[", 20'000);
  CHECK(read_manifest(Source("f.yaml", "kind: ConfigMap\ndata: {Corefile: \"" + brackets + "\"}\n")).corefiles.size() == 1);
  CHECK(read_manifest(Source("f.yaml", "kind: ConfigMap\ndata:\n  Corefile: '" + brackets + "'\n")).corefiles.size() == 1);
  CHECK(is_invalid("[a 'b, " + repeated("[", 1'000'000) + " ']\n"));
  CHECK(is_invalid("[a: b\"c, " + repeated("[", 1'000'000) + " \"]\n"));
}

TEST_CASE("what is not UTF-8 text is a finding") {
  CHECK(is_invalid("\xFF\xFEk\0i\0"s));
  CHECK(is_invalid("k\0i\0n\0d\0"s));
}

TEST_CASE("aliases do not multiply") {
  std::string bomb = "a0: &a0 {Corefile: x}\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {<<: [" + before + ", " + before + ", " + before + "]}\n";
  }
  CHECK(read_manifest(Source("f.yaml", bomb + "kind: ConfigMap\ndata: *a29\n")).corefiles.size() <= 1);
  std::string lists = "l0: &l0 [{kind: ConfigMap, data: {Corefile: x}}]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "*l" + std::to_string(i - 1);
    lists += "l" + std::to_string(i) + ": &l" + std::to_string(i) + " [" + before + ", " + before + "]\n";
  }
  CHECK(read_manifest(Source("f.yaml", lists + "kind: List\nitems: *l5\n")).corefiles.size() == 1);
  CHECK(read_manifest(Source("f.yaml", "kind: List\nitems: &x [*x, {kind: ConfigMap, data: &d {<<: [*d, *d], Corefile: z}}]\n"))
            .corefiles.size() == 1);
}

TEST_CASE("every text is read") {
  constexpr std::array pieces{"kind: ConfigMap\n"sv,
                              "data:\n"sv,
                              "  Corefile: "sv,
                              "|\n"sv,
                              ">-\n"sv,
                              "    . {\n"sv,
                              "    }\n"sv,
                              "\""sv,
                              "'"sv,
                              "\\"sv,
                              "{"sv,
                              "}"sv,
                              "["sv,
                              "]"sv,
                              ": "sv,
                              "- "sv,
                              "? "sv,
                              "&a "sv,
                              "*a"sv,
                              "!!str "sv,
                              "\n---\n"sv,
                              "...\n"sv,
                              "\r\n"sv,
                              "\t"sv,
                              "#"sv,
                              "<<: *a\n"sv,
                              "\xC3"sv,
                              "\0"sv,
                              "\x04"sv,
                              "%YAML 1.1\n"sv,
                              "!"sv,
                              "|2+\n"sv,
                              "\\u00"sv,
                              "\xEF\xBB\xBF"sv,
                              "metadata: {name: coredns}\n"sv,
                              "binaryData: "sv,
                              "kind: List\nitems:\n"sv,
                              "{{ x }}"sv,
                              "{% if %}"sv,
                              "  "sv};
  std::mt19937 random(1054);  // NOLINT(bugprone-random-generator-seed): the same texts every time
  for (int round = 0; round < 10'000; ++round) {
    std::string text;
    for (auto left = random() % 24; left > 0; --left) text += pieces[random() % pieces.size()];
    const Source file("f.yaml", text);
    const Manifest manifest = read_manifest(file);
    for (const corefile::Embedded& embedded : manifest.corefiles) {
      const auto size = static_cast<std::uint32_t>(embedded.source.text().size());
      CHECK(embedded.outer({0, size}).end <= text.size());
      CHECK(embedded.outer({size, size}).end <= text.size());
    }
    for (const ManifestFault& fault : manifest.faults) {
      CHECK(fault.span.begin <= fault.span.end);
      CHECK(fault.span.end <= text.size());
    }
  }
}
