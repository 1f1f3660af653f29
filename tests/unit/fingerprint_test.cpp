// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <corefile/corefile.hpp>
#include <set>
#include <string>
#include <vector>

namespace {

corefile::Analysis analysis(const std::string& text, const std::string& name = "Corefile") {
  return corefile::check(corefile::Source(name, text));
}

std::vector<std::string> prints(const std::string& text, const std::string& name = "Corefile") {
  std::vector<std::string> out = corefile::fingerprints(analysis(text, name));
  std::sort(out.begin(), out.end());
  return out;
}

std::string configmap(const std::string& corefile, const std::string& indent) {
  std::string out = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: dns\n  namespace: demo\ndata:\n  Corefile: |\n";
  for (std::size_t begin = 0; begin < corefile.size();) {
    const std::size_t end = corefile.find('\n', begin) + 1;
    out += indent + corefile.substr(begin, end - begin);
    begin = end;
  }
  return out;
}

const std::string block = "example.org {\n    errors\n    forward . 192.0.2.53\n    cache 30s\n}\n";

}  // namespace

TEST_CASE("a fingerprint survives edits elsewhere") {
  const std::vector<std::string> before = prints(block);
  REQUIRE(!before.empty());
  CHECK(prints("# a new first line\n\n" + block) == before);
  CHECK(prints("example.org {\n\terrors\n\tlog\n\tforward  .  192.0.2.53\n\tcache 30s\n}\n") == before);
  const std::vector<std::string> more = prints("example.com {\n    errors\n    forward . 192.0.2.53\n    cache 30s\n}\n" + block);
  CHECK(more.size() == 2 * before.size());
  CHECK(std::includes(more.begin(), more.end(), before.begin(), before.end()));
  CHECK(prints("example.net {\n    errors\n    forward . 192.0.2.53\n    cache 30s\n}\n") != before);
}

TEST_CASE("and the indentation of its manifest, not the object's name") {
  const std::vector<std::string> before = prints(configmap(block, "    "), "a.yaml");
  REQUIRE(!before.empty());
  CHECK(prints(configmap(block, "      "), "a.yaml") == before);
  CHECK(prints(configmap(block, "    "), "b.yaml") != before);
  std::string renamed = configmap(block, "    ");
  renamed.replace(renamed.find("name: dns"), 9, "name: other");
  CHECK(prints(renamed, "a.yaml") != before);
}

TEST_CASE("and the way to its file, where it is told what that is called") {
  const corefile::NameOf base = [](const std::string& name) { return name.substr(name.rfind('/') + 1); };
  CHECK(corefile::fingerprints(analysis(block, "deploy/Corefile"), base) == corefile::fingerprints(analysis(block)));
  CHECK(corefile::fingerprints(analysis(block, "deploy/Corefile")) != corefile::fingerprints(analysis(block)));
  corefile::RenderOptions options;
  options.base = "/work";
  options.prefix = "deploy/";
  const std::string report = corefile::render_gitlab({analysis(block, "/work/deploy/Corefile")}, options);
  for (const char* name : {"Corefile", "./Corefile", "../deploy//Corefile", "/work/x/../deploy/Corefile"})
    CHECK(corefile::render_gitlab({analysis(block, name)}, options) == report);
}

TEST_CASE("fingerprints of one file differ") {
  const std::vector<std::string> all = prints(block + block + block);
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == all.size());
}

TEST_CASE("a baseline takes out what it was written of, and nothing else") {
  const corefile::Analysis before = analysis(block);
  corefile::FingerprintSet known;
  std::string fault;
  REQUIRE(corefile::read_baseline(corefile::print_baseline({&before, 1}), known, fault));
  CHECK(known.size() == before.diagnostics.size());
  corefile::Analysis after = analysis("example.com {\n    errors\n    forward . 192.0.2.53\n    cachee\n}\n" + block);
  corefile::FingerprintSet seen;
  CHECK(corefile::subtract(known, after, seen) == known.size());
  CHECK(seen == known);
  CHECK(after.any(corefile::Severity::error));
}

TEST_CASE("what is not a baseline") {
  corefile::FingerprintSet known;
  std::string fault;
  CHECK(!corefile::read_baseline("# a comment\n\n0123456789abcdef a b: c\n{\"version\": 1}\n", known, fault));
  CHECK(fault == "line 4 is not `FINGERPRINT RULE PATH: MESSAGE`");
}
