// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/manifest.hpp>

using corefile::looks_like_manifest;

TEST_CASE("a name decides, whatever the text is") {
  CHECK(looks_like_manifest("coredns.yaml", ""));
  CHECK(looks_like_manifest("dir/coredns.YML", ""));
  CHECK(looks_like_manifest("cm.json", ". {\n}\n"));
  CHECK_FALSE(looks_like_manifest("yaml", ""));
  CHECK_FALSE(looks_like_manifest("Corefile", ""));
}

TEST_CASE("without such a name, the first lines decide") {
  CHECK(looks_like_manifest("-", "apiVersion: v1\nkind: ConfigMap\n"));
  CHECK(looks_like_manifest("-",
                            "\xEF\xBB\xBF"
                            "apiVersion: v1\r\n"));
  CHECK(looks_like_manifest("-", "# a comment\n\n---\ndata: 1\n"));
  CHECK(looks_like_manifest("-", "%YAML 1.1\n---\n"));
  CHECK(looks_like_manifest("-", "data:\n  Corefile: |\n    . {\n    }\nkind: ConfigMap\n"));
  CHECK(looks_like_manifest("-", "{{- if .Values.dns }}\napiVersion: v1\n"));
  CHECK(looks_like_manifest("-", "   apiVersion: v1\n   kind: ConfigMap\n"));
  CHECK(looks_like_manifest("-", "{\n  \"apiVersion\": \"v1\"\n}\n"));
  CHECK(looks_like_manifest("-", "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"}"));
}

TEST_CASE("a Corefile is none") {
  CHECK_FALSE(looks_like_manifest("-", ""));
  CHECK_FALSE(looks_like_manifest("-", "\n\n"));
  CHECK_FALSE(looks_like_manifest("-", ". {\n    errors\n}\n"));
  CHECK_FALSE(looks_like_manifest("-", "example.org {\n}\n"));
  CHECK_FALSE(looks_like_manifest("-", "# apiVersion: v1\n.:53 {\n}\n"));
  CHECK_FALSE(looks_like_manifest("-", "{$ZONE} {\n}\n"));
  CHECK_FALSE(looks_like_manifest("-", "{\n}\n"));
  CHECK_FALSE(looks_like_manifest("-", "kind:53 {\n}\n"));
  CHECK_FALSE(looks_like_manifest("-", "dns://example.org, kind: {\n}\n"));
  CHECK_FALSE(looks_like_manifest("-", "(snippet) {\n}\nimport snippet\n"));
  CHECK_FALSE(looks_like_manifest("-", ". {\n    errors\n}\napiVersion: v1\n"));
}
