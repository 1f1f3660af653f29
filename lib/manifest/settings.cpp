// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "manifest/objects.hpp"

/// What tells kubelets where the cluster's DNS is, and where its addresses are: KubeletConfiguration, kubeadm's ClusterConfiguration,
/// KubeProxyConfiguration.
namespace corefile::manifest_detail {

bool ObjectReader::settings(std::string_view kind, Index node) {
  ClusterSettings& out = out_.bundle.settings;
  const auto take = [](Written value, std::vector<Written>& to) {
    if (!value.text.empty()) to.push_back(std::move(value));
  };
  // One of each family may stand there, with a comma.
  const auto take_networks = [&](const Written& value, std::vector<Written>& to) {
    for (std::size_t from = 0; from < value.text.size();) {
      const std::size_t comma = std::min(value.text.find(',', from), value.text.size());
      take({value.text.substr(from, comma - from), value.span}, to);
      from = comma + 1;
    }
  };
  if (kind == "KubeletConfiguration") {
    for (Written& address : all_written(at(node, {"clusterDNS"}))) out.dns_addresses.push_back(std::move(address));
    take(written(at(node, {"clusterDomain"})), out.domains);
    if (const Index file = at(node, {"resolvConf"}); file != none && is(file, Node::Kind::scalar)) out.resolv_conf = written(file);
  } else if (kind == "ClusterConfiguration") {
    take(written(at(node, {"networking", "dnsDomain"})), out.domains);
    take_networks(written(at(node, {"networking", "serviceSubnet"})), out.services);
    take_networks(written(at(node, {"networking", "podSubnet"})), out.pods);
    if (Written tag = written(at(node, {"dns", "imageTag"})); !tag.text.empty()) out.image_tag = std::move(tag);
    for (const Index registry : {at(node, {"imageRepository"}), at(node, {"dns", "imageRepository"})}) {
      out.own_registry = out.own_registry || (has_text(registry) && text(registry) != "registry.k8s.io");
    }
    if (Written version = written(at(node, {"kubernetesVersion"})); !version.text.empty()) out.kubernetes = std::move(version);
  } else if (kind == "KubeProxyConfiguration") {
    take_networks(written(at(node, {"clusterCIDR"})), out.pods);
  } else {
    return false;
  }
  return true;
}

void ObjectReader::generated_key_missing(Index generator, const GeneratedMap& map) {
  const bool more = at(generator, {"literals"}) != none || at(generator, {"envs"}) != none || at(generator, {"behavior"}) != none;
  if (more || map.files.empty() || known_name(map.name.name) != Known::coredns || !is_unmistakable(map.name.name)) return;
  if (std::any_of(map.files.begin(), map.files.end(), [](const GeneratedMap::File& file) { return file.key == "Corefile"; })) return;
  const std::string object = "ConfigMap " + map.name.name_space + (map.name.name_space.empty() ? "" : "/") + map.name.name;
  out_.faults.push_back({ManifestFault::Kind::corefile_missing,
                         extent(list(at(generator, {"files"})).front()),
                         {},
                         object,
                         map.files.front().key,
                         "Corefile=" + map.files.front().path});
}

// kubernetes-sigs/kustomize, api/types/generatoroptions.go and generatorargs.go, api/internal/generators/utils.go
bool ObjectReader::hashed(Index node, Index generator) {
  for (const Index options : {at(generator, {"options"}), at(node, {"generatorOptions"})}) {
    if (text(at(options, {"disableNameSuffixHash"})) == "true") return false;
  }
  if (text(at(generator, {"behavior"})) == "merge" || text(at(generator, {"behavior"})) == "replace") return false;
  // A folder or an address may bring the pods, whose volume gets the new name.
  const std::vector<std::string> resources = texts(at(node, {"resources"}));
  const bool files = std::all_of(resources.begin(), resources.end(),
                                 [](const std::string& one) { return one.ends_with(".yaml") || one.ends_with(".yml"); });
  return files && at(node, {"helmCharts"}) == none && at(node, {"components"}) == none && at(node, {"bases"}) == none;
}

// kubernetes-sigs/kustomize, api/types/kustomization.go and kvpairsources.go
bool ObjectReader::kustomization(Index node, const std::vector<Pair>& fields) {
  const bool generates = find(fields, "configMapGenerator").key != none;
  const bool patches = find(fields, "patches").key != none || find(fields, "patchesStrategicMerge").key != none;
  const bool charts = find(fields, "helmCharts").key != none;
  if (!generates && !patches && !charts) return false;
  for (const Index one : list(at(node, {"patches"}))) {
    const std::size_t before = out_.corefiles.size();
    nested_manifests(at(one, {"patch"}));
    name_patched(at(one, {"target"}), before);
  }
  for (const Index one : list(at(node, {"patchesStrategicMerge"}))) nested_manifests(one);
  for (const Index one : list(at(node, {"helmCharts"}))) chart(at(one, {"valuesInline"}), "Helm values");
  const std::string name_space(text(at(node, {"namespace"})));
  for (const Index one : list(at(node, {"configMapGenerator"}))) {
    GeneratedMap map;
    const Index named = at(one, {"name"});
    map.name = {"ConfigMap", std::string(text(at(one, {"namespace"}))), std::string(text(named)), named == none ? Span{} : extent(named)};
    map.hashed = known_name(map.name.name) == Known::custom && hashed(node, one);
    if (map.name.name_space.empty()) map.name.name_space = name_space;
    for (std::string& file : texts(at(one, {"files"}))) {
      const std::size_t equals = file.find('=');
      const std::string path = equals == std::string::npos ? file : file.substr(equals + 1);
      map.files.push_back({equals == std::string::npos ? path.substr(path.rfind('/') + 1) : file.substr(0, equals), path});
    }
    generated_key_missing(one, map);
    literals(one, map.name);
    if (!map.files.empty() || map.hashed) out_.bundle.generated.push_back(std::move(map));
  }
  return true;
}

// kubernetes/kubernetes, cmd/kubeadm/app/constants/constants.go: the keys of `kubelet-config` and `kubeadm-config`;
// cmd/kubeadm/app/phases/addons/proxy/manifests.go: that of `kube-proxy`.
void ObjectReader::kept_settings(Index data) {
  for (const std::string_view key :
       {std::string_view("kubelet"), std::string_view("ClusterConfiguration"), std::string_view("config.conf")}) {
    Embedded outer;
    std::vector<Tree> trees;
    if (!nested(at(data, {key}), outer, trees)) continue;
    Manifest inside;
    ObjectReader reader(outer.source, inside);
    for (const Tree& tree : trees) reader.read(tree, 0);
    ClusterSettings& found = inside.bundle.settings;
    ClusterSettings& out = out_.bundle.settings;
    const auto move = [&](Written& one) { one.span = outer.outer(one.span); };
    const auto take = [&](std::vector<Written>& from, std::vector<Written>& to) {
      for (Written& one : from) {
        move(one);
        to.push_back(std::move(one));
      }
    };
    take(found.dns_addresses, out.dns_addresses);
    take(found.domains, out.domains);
    if (found.resolv_conf) {
      move(*found.resolv_conf);
      out.resolv_conf = std::move(found.resolv_conf);
    }
    take(found.services, out.services);
    take(found.pods, out.pods);
    out.own_registry = out.own_registry || found.own_registry;
    move(found.image_tag);
    move(found.kubernetes);
    if (!found.image_tag.text.empty()) out.image_tag = std::move(found.image_tag);
    if (!found.kubernetes.text.empty()) out.kubernetes = std::move(found.kubernetes);
  }
}

// kubernetes/dns, pkg/dns/config/config.go and sync.go
void ObjectReader::kube_dns(const ConfigMap& map, Index name, Index data) {
  if (!is(data, Node::Kind::map)) return;
  for (const Pair entry : pairs(data)) {
    const bool stubs = text(entry.key) == "stubDomains";
    if ((!stubs && text(entry.key) != "upstreamNameservers") || !is(entry.value, Node::Kind::scalar)) continue;
    KubeDnsSetting out;
    out.name = ObjectName{"ConfigMap", std::string(map.name_space), std::string(map.name), name == none ? Span{} : extent(name)};
    out.key = written(entry.key);
    Embedded outer;
    std::vector<Tree> trees;
    const bool read = nested(entry.value, outer, trees) && trees.size() == 1;
    const std::string_view inside = outer.source.text();
    const std::size_t first = inside.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) continue;
    out.json = read && inside[first] == (stubs ? '{' : '[') && inside.find('\'') == std::string_view::npos;
    if (out.json) {
      Manifest none_of;
      ObjectReader reader(outer.source, none_of);
      for (Written& server : reader.servers_of(trees.front())) {
        server.span = outer.outer(server.span);
        out.servers.push_back(std::move(server));
      }
    }
    out_.bundle.kube_dns.push_back(std::move(out));
  }
}

std::vector<Written> ObjectReader::servers_of(const Tree& tree) {
  tree_ = &tree;
  if (tree.nodes.empty()) return {};
  if (!is(0, Node::Kind::map)) return all_written(0);
  std::vector<Written> out;
  for (const Pair pair : pairs(0)) {
    for (Written& server : all_written(pair.value)) out.push_back(std::move(server));
  }
  return out;
}

}  // namespace corefile::manifest_detail
