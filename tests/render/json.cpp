// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "support.hpp"

using namespace corefile;
using nlohmann::json;
using render_test::Made;

TEST_CASE("everything a finding can say") {
  Made made("é x\n");
  Diagnostic& found = made.add(made.place("x"), "`x` is no good", "this");
  found.labels = {{made.place("é"), "that"}};
  found.notes = {"one\ntwo"};
  found.help = "write `y`";
  found.fixes = {{"write `y`", Safety::unsafe, {{made.place("x"), "y"}}}};
  made.analysis.dropped = 7;
  const json report = json::parse(render_json({made.analysis}, {false, 160, {1, 11, 3}}));
  CHECK(report["version"] == 1);
  CHECK(report["tool"] == json{{"name", "corefile-lint"}, {"version", version()}});
  CHECK(report["coredns"] == "1.11.3");
  CHECK(report["summary"] == json::parse(R"({"files": 1, "corefiles": 1, "errors": 1, "warnings": 0, "infos": 0, "dropped": 7,
                                               "suppressed": 0, "unread": 0})"));
  CHECK(report["unread"] == json::array());
  CHECK(report["findings"] == json::parse(R"([{
    "rule": "some-rule", "severity": "error", "message": "`x` is no good", "path": "Corefile",
    "start": {"line": 1, "column": 3, "offset": 3}, "end": {"line": 1, "column": 4, "offset": 4},
    "label": "this",
    "labels": [{"path": "Corefile", "start": {"line": 1, "column": 1, "offset": 0}, "end": {"line": 1, "column": 2, "offset": 2},
                "text": "that"}],
    "notes": ["one\ntwo"], "help": "write `y`",
    "fixes": [{"title": "write `y`", "safety": "unsafe",
               "edits": [{"path": "Corefile", "start": {"line": 1, "column": 3, "offset": 3},
                          "end": {"line": 1, "column": 4, "offset": 4}, "text": "y"}]}],
    "fingerprint": "d04112fd8d263a8a"
  }])"));
}

TEST_CASE("no findings") {
  const json report = json::parse(render_json({}));
  CHECK(report["findings"] == json::array());
  CHECK(report["summary"]["files"] == 0);
}

TEST_CASE("bytes that are not UTF-8 are not lost") {
  Made made("x\n", "a\xFF");
  Diagnostic& found = made.add(made.place("x"), "`\xFF\x1b[31m` is no good");
  found.fixes = {{"put \xFF", Safety::safe, {{made.place("x"), "\xFFy\n"}}}};
  const json finding = json::parse(render_json({made.analysis}))["findings"][0];
  CHECK(finding["path"] == "a\\xff");
  CHECK(finding["message"] == "`\\xff\\x1b[31m` is no good");
  CHECK(finding["fixes"][0]["title"] == "put \\xff");
  CHECK(finding["fixes"][0]["edits"][0]["text"] == "\\xffy\\n");
  CHECK(finding["fixes"][0]["edits"][0]["base64"] == "/3kK");
}

TEST_CASE("URIs in SARIF") {
  RenderOptions posix;
  posix.base = "/work/repo";
  RenderOptions windows;
  windows.base = "D:/a/my repo";
  windows.drives = true;
  const auto location = [](const std::string& name, const RenderOptions& options) {
    Made made("x\n", name);
    made.add(made.place("x"), "bad");
    return json::parse(
        render_sarif({made.analysis}, options))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
  };
  const auto root = [](const char* uri) { return json{{"uri", uri}, {"uriBaseId", "%SRCROOT%"}}; };
  CHECK(location("/work/repo/a b/Corefile", posix) == root("a%20b/Corefile"));
  CHECK(location("/etc/coredns/Corefile", posix) == json{{"uri", "file:///etc/coredns/Corefile"}});
  CHECK(location("C:/etc/Corefile", posix) == root("C%3A/etc/Corefile"));
  CHECK(location("D:/a/my repo/deploy/Corefile", windows) == root("deploy/Corefile"));
  CHECK(location("C:/Users/J\xC3\xB6rg #1/Corefile", windows) == json{{"uri", "file:///C:/Users/J%C3%B6rg%20%231/Corefile"}});
  CHECK(location("//server/share/Corefile", windows) == json{{"uri", "file://server/share/Corefile"}});
  CHECK(location("deploy/Corefile", windows) == root("deploy/Corefile"));
}
