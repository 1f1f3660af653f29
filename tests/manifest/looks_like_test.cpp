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
  for (const char* text : {"apiVersion: v1\nkind: ConfigMap\n",
                           "\xEF\xBB\xBF"
                           "apiVersion: v1\r\n",
                           "# a comment\n\n---\ndata: 1\n", "%YAML 1.1\n---\n", "data:\n  Corefile: |\n    . {\n    }\nkind: ConfigMap\n",
                           "{{- if .Values.dns }}\napiVersion: v1\n", "   apiVersion: v1\n   kind: ConfigMap\n",
                           "{\n  \"apiVersion\": \"v1\"\n}\n", "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"}"}) {
    CAPTURE(text);
    CHECK(looks_like_manifest("-", text));
  }
}

TEST_CASE("a Corefile is none") {
  for (const char* text :
       {"", "\n\n", ". {\n    errors\n}\n", "example.org {\n}\n", "# apiVersion: v1\n.:53 {\n}\n", "{$ZONE} {\n}\n", "{\n}\n",
        "kind:53 {\n}\n", "dns://example.org, kind: {\n}\n", "(snippet) {\n}\nimport snippet\n", ". {\n    errors\n}\napiVersion: v1\n"}) {
    CAPTURE(text);
    CHECK_FALSE(looks_like_manifest("-", text));
  }
}
