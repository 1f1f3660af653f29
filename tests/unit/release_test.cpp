// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/release.hpp>
#include <string>
#include <string_view>

#include "go/regexp.hpp"
#include "plugins/go_releases.hpp"

namespace {

struct Case {
  std::string_view text;
  std::string_view release;  ///< empty: none
};

std::string shown(const std::optional<corefile::Release>& release) { return release ? to_string(*release) : ""; }

}  // namespace

TEST_CASE("the release in an image's tag or reference") {
  static constexpr Case cases[] = {
      {"1.11.3", "1.11.3"},
      {"v1.11.3", "1.11.3"},
      {"1.11", "1.11.4"},
      {"v1.99", "1.99.0"},
      {"1.11-rc.1", "1.11.4"},
      {"1.11.x", "1.11.4"},
      {"v1.12.1.2", "1.12.1"},
      {"v1.9.3.10-7dfca203-aliyun", "1.9.3"},
      {"1.11.3-eksbuild.4", "1.11.3"},
      {"1.11.3+build", "1.11.3"},
      {"1.11.3_1", "1.11.3"},
      {"v1.14.7-build20260819", "1.14.7"},
      {"coredns:1.10.1", "1.10.1"},
      {"rancher/mirrored-coredns-coredns:1.10.1", "1.10.1"},
      {"registry.example/coredns:v1.13.2-9", "1.13.2"},
      {"registry.example:5000/coredns:v1.13.2", "1.13.2"},
      {"registry.k8s.io/coredns/coredns:v1.11.1@sha256:1eeb4c7316bacb1d4c8ead65571cd92dd21e27359f0d4917f1a5822a73b75db1", "1.11.1"},
      {"v1.20.7-foo", "1.20.7"},
      {"", ""},
      {"latest", ""},
      {"coredns", ""},
      {"coredns:latest", ""},
      {"registry.example:5000/coredns", ""},
      {"registry.k8s.io/coredns/coredns@sha256:1eeb4c7316bacb1d4c8ead65571cd92dd21e27359f0d4917f1a5822a73b75db1", ""},
      {"1", ""},
      {"1.", ""},
      {".1.2", ""},
      {"1.11.3rc1", ""},
      {"1.11rc1", ""},
      {"vv1.11.3", ""},
      {"1.11.99999999999", ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    CHECK(shown(corefile::release_of_image(one.text)) == one.release);
  }
}

TEST_CASE("the minor release in what a Kubernetes server calls itself") {
  static constexpr Case cases[] = {{"1.31", "1.31"},
                                   {"v1.31.4", "1.31"},
                                   {"v1.31.4-eks-abc123", "1.31"},
                                   {"v1.30.2+k3s1", "1.30"},
                                   {"v1.29.4-gke.1043002", "1.29"},
                                   {"1.31+", "1.31"},
                                   {"1.99", "1.99"},
                                   {"1", ""},
                                   {"1.x", ""},
                                   {"1.31x", ""},
                                   {"2.1", ""},
                                   {"stable", ""}};
  for (const Case& one : cases) {
    CAPTURE(one.text);
    CHECK(corefile::kubernetes_minor(one.text) == one.release);
  }
  CHECK(shown(corefile::kubernetes_release("v1.31.4-eks-abc123")) == "1.11.3");
  CHECK(shown(corefile::kubernetes_release("1.99")).empty());
}

// What Go 1.21.8 and Go 1.26.8 say.
TEST_CASE("groups that are named without P are read from Go 1.22 on") {
  struct Pattern {
    std::string_view text;
    bool before, after;
  };
  static constexpr Pattern patterns[] = {{"(?P<a>x)", true, true},     {"(?<a>x)", false, true},         {"(?i)(?<a>x)", false, true},
                                         {"\\\\(?<a>x)", false, true}, {"(?<a", false, false},           {"(?<=a)b", false, false},
                                         {"\\(?<a>", true, true},      {"[(?<]a", true, true},           {"[](?<a>]", true, true},
                                         {"[\\](?<a>]", true, true},   {"[[:alpha:](?<a>]", true, true}, {"[^](?<]", true, true},
                                         {"\\Q(?<a>\\E", true, true},  {"x[(?<]((", false, false}};
  for (const Pattern& pattern : patterns) {
    CAPTURE(pattern.text);
    CHECK(corefile::go::compile_regexp(pattern.text, corefile::plugins::regexp_checks({1, 11, 3})).error.empty() == pattern.before);
    CHECK(corefile::go::compile_regexp(pattern.text, corefile::plugins::regexp_checks({1, 11, 4})).error.empty() == pattern.after);
  }
}
