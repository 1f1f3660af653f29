// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/lint.hpp>
#include <corefile/platform.hpp>
#include <corefile/render.hpp>
#include <functional>
#include <string>
#include <vector>

namespace {

using corefile::Source;

std::string config_map(const std::string& name, const std::string& key, const std::string& lines) {
  return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n  namespace: kube-system\ndata:\n  " + key + ": |\n" + lines;
}

const std::string base =
    config_map("coredns", "Corefile",
               "    .:53 {\n        errors\n        ready\n        kubernetes cluster.local in-addr.arpa ip6.arpa {\n"
               "            fallthrough in-addr.arpa ip6.arpa\n        }\n        forward . 192.0.2.1\n        cache 30\n"
               "        loop\n        reload\n        import custom/*.override\n    }\n    import custom/*.server\n");

std::string said(const std::vector<Source>& files, std::string_view platform = {}) {
  corefile::Options options;
  options.platform = corefile::find_platform(platform);
  options.release = {1, 11, 3};
  options.release_assumed = false;
  return corefile::render_concise(corefile::check(files, options));
}

}  // namespace

TEST_CASE("a key of coredns-custom in a file of its own is read with the base") {
  const Source custom("custom.yaml", config_map("coredns-custom", "a.override", "    cache 10\n"));
  CHECK(said({Source("base.yaml", base), custom}) ==
        "custom.yaml:8:5: error[plugin-only-once] `cache` may stand only once in a server block\n");
  CHECK(said({custom, Source("base.yaml", base)}) ==
        "custom.yaml:8:5: error[plugin-only-once] `cache` may stand only once in a server block\n");
}

TEST_CASE("places of labels are in their own files") {
  const Source custom("custom.yaml", config_map("coredns-custom", "a.override", "    cache 10\n"));
  const std::vector<Source> files{Source("base.yaml", base), custom};
  const std::vector<corefile::Analysis> analyses = corefile::check(files);
  REQUIRE(analyses.size() == 2);
  CHECK(analyses[0].corefiles == 1);
  CHECK(analyses[1].corefiles == 1);
  REQUIRE(analyses[1].diagnostics.size() == 1);
  REQUIRE(analyses[1].diagnostics.front().labels.size() == 1);
  const corefile::Place there = analyses[1].diagnostics.front().labels.front().place;
  CHECK(analyses[1].sources[there.document].name() == "base.yaml");
  CHECK(analyses[1].sources[there.document].text(there.span) == "cache");
}

TEST_CASE("files of one folder are a cluster's, unless an object stands in two of them") {
  using Clusters = std::vector<std::vector<std::size_t>>;
  const Source custom("a/custom.yaml", config_map("coredns-custom", "a.override", "    cache 10\n"));
  const Source other("a/app.yaml", "kind: Secret\nmetadata: {name: x}\n");
  CHECK(corefile::clusters_of(std::vector<Source>{Source("a/base.yaml", base), other, custom}) == Clusters{{0, 2}, {1}});
  CHECK(corefile::clusters_of(std::vector<Source>{Source("b/base.yaml", base), custom}) == Clusters{{0}, {1}});
  CHECK(corefile::clusters_of(std::vector<Source>{Source("a/base.yaml", base), Source("a/prod.yaml", base), custom}) ==
        Clusters{{0}, {1}, {2}});
  CHECK(corefile::clusters_of(std::vector<Source>{Source("a/Corefile", ". {\n}\n"), custom}) == Clusters{{0}, {1}});
}

TEST_CASE("what kubeadm and the kubelet are told says where queries come back") {
  const std::string corefile = config_map("coredns", "Corefile",
                                          "    .:53 {\n        errors\n        ready\n        kubernetes cluster.local in-addr.arpa "
                                          "ip6.arpa {\n            fallthrough in-addr.arpa ip6.arpa\n        }\n"
                                          "        forward . UPSTREAM\n        cache 30\n        loop\n        reload\n    }\n");
  const auto forwards = [&corefile](const std::string& to) {
    std::string text = corefile;
    return Source("base.yaml", text.replace(text.find("UPSTREAM"), 8, to));
  };
  const Source cluster("kubeadm.yaml", "kind: ClusterConfiguration\nnetworking: {serviceSubnet: \"10.200.0.0/16,fd00::/108\"}\n");
  CHECK(said({forwards("10.200.0.10"), cluster}) ==
        "base.yaml:14:19: error[forward-to-self] `10.200.0.10` is the Service of this CoreDNS itself\n");
  CHECK(said({forwards("10.200.0.11"), cluster}) == "");
  const auto kubelet = [](const std::string& file) {
    return Source("kubelet.yaml", "kind: KubeletConfiguration\nresolvConf: " + file + "\n");
  };
  CHECK(said({forwards("/etc/resolv.conf"), kubelet("/run/systemd/resolve/stub-resolv.conf")}) ==
        "base.yaml:14:19: error[forward-to-resolv-conf] `/run/systemd/resolve/stub-resolv.conf` names `127.0.0.53`, which is this server "
        "itself\n");
  CHECK(said({forwards("/etc/resolv.conf"), kubelet("\"\"")}) ==
        "base.yaml:14:19: error[forward-to-resolv-conf] `/etc/resolv.conf` names `127.0.0.1`, which is this server itself\n");
  CHECK(said({forwards("/etc/resolv.conf"), kubelet("/run/systemd/resolve/resolv.conf")}) == "");
}

TEST_CASE("zone files in a ConfigMap are read where their whole path stands in the Corefile") {
  const auto map = [](const std::string& path) {
    return Source("coredns.yaml",
                  config_map("coredns", "Corefile", "    example.org:53 {\n        file " + path + "\n        cache 30\n    }\n") +
                      "  example.db: |\n    @ IN SOA ns.example.org. admin.example.org. 1 2 3 4 5\n    www IN A 192.0.2.300\n");
  };
  CHECK(said({map("/etc/coredns/example.db")}) ==
        "coredns.yaml:9:9: info[plugin-unknown-to-kubeadm] `kubeadm upgrade` cannot migrate a Corefile with `file`\n"
        "coredns.yaml:14:14: warning[zone-file-cut-off] the zone file cannot be read from `192.0.2.300` on\n");
  CHECK(said({map("example.db")}) ==
        "coredns.yaml:9:9: info[plugin-unknown-to-kubeadm] `kubeadm upgrade` cannot migrate a Corefile with `file`\n");
}

TEST_CASE("files may be read in any order to tell clusters") {
  const std::vector<Source> files{Source("a/base.yaml", base),
                                  Source("a/custom.yaml", config_map("coredns-custom", "a.override", "    cache 10\n")),
                                  Source("b/base.yaml", base)};
  std::size_t read = 0;
  const auto backwards = [&](std::size_t count, const std::function<void(std::size_t)>& work) {
    read += count;
    while (count-- > 0) work(count);
  };
  CHECK(corefile::clusters_of(files, backwards) == corefile::clusters_of(files));
  CHECK(read == 2);  // those with company in their folder
}

TEST_CASE("texts of a cluster's files are those of the files alone") {
  const std::vector<Source> files{Source("a/app.yaml", "kind: Secret\nmetadata: {name: x}\n---\n" + base),
                                  Source("a/custom.yaml", config_map("coredns-custom", "a.override", "    cache 10\n") +
                                                              "  b.server: \"b.example {\\n  erratic\\n}\\n\"\n  note: x\n")};
  const std::vector<corefile::Analysis> together = corefile::check(files);
  REQUIRE(together.size() == files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::vector<corefile::Embedded> alone = corefile::check(files[i]).embedded;
    REQUIRE(together[i].embedded.size() == alone.size());
    for (std::size_t k = 0; k < alone.size(); ++k) {
      const corefile::Embedded& one = together[i].embedded[k];
      CHECK(one.source.name() == files[i].name());
      CHECK(one.source.text() == alone[k].source.text());
      CHECK(one.key == alone[k].key);
      CHECK(one.key_span == alone[k].key_span);
      CHECK(one.document == alone[k].document);
      REQUIRE(one.map.size() == alone[k].map.size());
      for (std::size_t part = 0; part < one.map.size(); ++part) CHECK(one.map[part].outer == alone[k].map[part].outer);
    }
  }
}

TEST_CASE("coredns-custom alone is read beside the lines that every base has") {
  const Source forward("custom.yaml", config_map("coredns-custom", "a.override", "    forward . 192.0.2.1\n"));
  CHECK(said({forward}) == "custom.yaml:8:13: warning[forward-shadowed] this `forward` is never asked\n");
  const Source root("custom.yaml",
                    config_map("coredns-custom", "a.server", "    .:53 {\n        forward . 192.0.2.1\n        cache 30\n    }\n"));
  CHECK(said({root}) == "custom.yaml:8:5: warning[duplicate-zone] `.` on port 53 is served by another block already\n");
  const Source hosts("custom.yaml", config_map("coredns-custom", "a.override", "    hosts {\n        192.0.2.7 a.example\n    }\n"));
  CHECK(said({hosts}) ==
        "custom.yaml:8:5: warning[hosts-without-fallthrough] `hosts` without `fallthrough` keeps every other name from `kubernetes` and "
        "`forward`\n");
  const Source cache("custom.yaml", config_map("coredns-custom", "a.override", "    cache 10\n"));
  CHECK(said({cache}) == "custom.yaml:8:5: error[plugin-only-once] `cache` may stand only once in a server block\n");
}

TEST_CASE("coredns-custom alone is read beside its platform's own Corefile") {
  const Source hosts("custom.yaml", config_map("coredns-custom", "a.override", "    hosts {\n        192.0.2.7 a.example\n    }\n"));
  const Source root("custom.yaml",
                    config_map("coredns-custom", "a.server", "    .:53 {\n        forward . 192.0.2.1\n        cache 30\n    }\n"));
  const Source forward("custom.yaml", config_map("coredns-custom", "a.override", "    forward . 192.0.2.1\n"));
  CHECK(said({hosts}, "k3s") ==
        "custom.yaml:8:5: warning[hosts-without-fallthrough] `hosts` without `fallthrough` keeps every other name from `kubernetes` and "
        "`forward`\n"
        "custom.yaml:8:5: error[plugin-only-once] `hosts` may stand only once in a server block\n");
  CHECK(said({hosts}, "aks") ==
        "custom.yaml:8:5: warning[hosts-without-fallthrough] `hosts` without `fallthrough` keeps every other name from `kubernetes` and "
        "`forward`\n");
  CHECK(said({root}, "k3s") == "custom.yaml:8:5: error[duplicate-zone] `.` on port 53 is served by another block already\n");
  CHECK(said({root}, "gardener") ==
        "custom.yaml:8:5: warning[port-beside-service] `.:53` listens on port 53, where the cluster's queries do not come\n");
  CHECK(said({forward}, "k3s") == "custom.yaml:8:13: warning[forward-shadowed] this `forward` is never asked\n");
  CHECK(said({forward}, "gardener") == "");
  CHECK(said({forward}, "kubeadm") == "custom.yaml:7:3: warning[configmap-key-unread] no `import` reads the key `a.override`\n");
}

TEST_CASE("a file with broken YAML does not keep the others from being read") {
  const Source broken("a.yaml", "kind: ConfigMap\ndata: {Corefile: \". {}\n");
  const Source custom("custom.yaml", config_map("coredns-custom", "a.override", "    cache 10\n"));
  CHECK(said({broken, Source("base.yaml", base), custom}) ==
        "a.yaml:2:7: error[manifest-invalid-yaml] this is not valid YAML\n"
        "custom.yaml:8:5: error[plugin-only-once] `cache` may stand only once in a server block\n");
}

TEST_CASE("the cluster's networks may be told where the manifests do not name them") {
  const std::string lines =
      "    .:53 {\n        ready\n        kubernetes cluster.local in-addr.arpa ip6.arpa {\n"
      "            fallthrough in-addr.arpa ip6.arpa\n        }\n        forward . 192.0.2.1\n        cache 30\n        reload\n    }\n"
      "    10.in-addr.arpa:53 {\n        forward . 192.0.2.2\n        cache 30\n    }\n";
  const Source away("coredns.yaml", config_map("coredns", "Corefile", lines));
  corefile::Options options;
  CHECK(corefile::render_concise({corefile::check(away, options)}) == "");
  options.subnets.services = {"10.96.0.0/12"};
  const std::string wrong =
      "coredns.yaml:17:5: warning[cluster-reverse-elsewhere] reverse lookups (PTR) of Services do not come to `kubernetes`\n";
  CHECK(corefile::render_concise({corefile::check(away, options)}) == wrong);
  CHECK(corefile::render_concise(corefile::check(std::vector{away, Source("other.yaml", "kind: Secret\n")}, options)) == wrong);
  options.subnets.pods = {"10.244.0.0"};
  CHECK(options.subnets.unknown() == "10.244.0.0");
}
