// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "manifest/objects.hpp"

/// Objects beside the ConfigMaps: pods, Services, roles.
namespace corefile::manifest_detail {
namespace {

using View = std::string_view;
constexpr std::size_t most_listed = 10'000;

struct Owner {
  View key;    ///< of a label or an annotation
  View value;  ///< how it begins; empty: any
  View name;
  View instead;
};
// kubernetes/kubernetes, cluster/addons/addon-manager; rancher/wrangler, pkg/apply; cluster-dns-operator, pkg/manifests.
constexpr View own_parts = "write your parts to the ConfigMap `coredns-custom`";
constexpr std::array<Owner, 11> owners{{
    {"addonmanager.kubernetes.io/mode", "Reconcile", "the add-on manager", own_parts},
    {"objectset.rio.cattle.io/owner-gvk", "k3s.cattle.io/", "k3s", own_parts},
    {"objectset.rio.cattle.io/id", "", "k3s or Rancher", own_parts},
    {"objectset.rio.cattle.io/hash", "", "k3s or Rancher", own_parts},
    {"dns.operator.openshift.io/owning-dns", "", "OpenShift's DNS operator", "edit `dns.operator/default`, which it is made from"},
    {"resources.gardener.cloud/managed-by", "gardener", "Gardener", own_parts},
    {"doks.digitalocean.com/managed", "true", "DigitalOcean", own_parts},
    {"argocd.argoproj.io/tracking-id", "", "Argo CD", "change it where Argo CD has it from"},
    {"kustomize.toolkit.fluxcd.io/name", "", "Flux", "change it where Flux has it from"},
    {"meta.helm.sh/release-name", "", "Helm", "change the values of the release"},
    {"helm.toolkit.fluxcd.io/name", "", "Flux", "change the values of the HelmRelease"},
}};

}  // namespace

void ObjectReader::owner(const ConfigMap& map, const std::vector<Pair>& about) {
  std::vector<Pair> marks;
  for (const View field : {View("labels"), View("annotations")}) {
    const Pair entries = find(about, field);
    if (!is(entries.value, Node::Kind::map)) continue;
    for (const Pair entry : pairs(entries.value)) marks.push_back(entry);
  }
  for (const Owner& owner : owners) {
    const Pair mark = find(marks, owner.key);
    if (mark.key == none || !text(mark.value).starts_with(owner.value)) continue;
    out_.faults.push_back(
        {ManifestFault::Kind::owned, extent(mark.key), {}, map.object, std::string(owner.name), std::string(owner.instead)});
    return;
  }
}

Index ObjectReader::at(Index node, std::initializer_list<View> path) {
  for (const View key : path) {
    if (!is(node, Node::Kind::map)) return none;
    node = find(pairs(node), key).value;
  }
  return node;
}

std::vector<Index> ObjectReader::list(Index node) const {
  std::vector<Index> out;
  if (!is(node, Node::Kind::sequence)) return out;
  for (Index item = tree_->nodes[tree_->resolved(node)].first; item != none && out.size() < most_listed; item = tree_->nodes[item].next) {
    out.push_back(tree_->resolved(item));
  }
  return out;
}

std::vector<std::string> ObjectReader::texts(Index node) const {
  std::vector<std::string> out;
  for (const Index item : list(node)) {
    if (is(item, Node::Kind::scalar)) out.emplace_back(text(item));
  }
  return out;
}

LabelMap ObjectReader::labels(Index node) {
  LabelMap out;
  if (!is(node, Node::Kind::map)) return out;
  for (const Pair pair : pairs(node)) out.emplace(text(pair.key), text(pair.value));
  return out;
}

ObjectName ObjectReader::object_name(View kind, const std::vector<Pair>& fields) {
  ObjectName out;
  out.kind = kind;
  const Index metadata = find(fields, "metadata").value;
  const Index name = at(metadata, {"name"});
  out.name = text(name);
  out.name_space = text(at(metadata, {"namespace"}));
  if (name != none) out.span = extent(name);
  return out;
}

bool ObjectReader::around(View kind, const std::vector<Pair>& fields) {
  const Index spec = find(fields, "spec").value;
  if (kind == "Deployment" || kind == "DaemonSet" || kind == "StatefulSet" || kind == "ReplicaSet") {
    workload(object_name(kind, fields), at(spec, {"template"}));
  } else if (kind == "Service") {
    service(object_name(kind, fields), spec);
  } else if (kind == "ClusterRole" || kind == "Role") {
    access_role(object_name(kind, fields), find(fields, "rules").value);
  } else if (kind == "ClusterRoleBinding" || kind == "RoleBinding") {
    binding(object_name(kind, fields), fields);
  } else {
    return false;
  }
  return true;
}

void ObjectReader::workload(ObjectName name, Index pod) {
  Workload out;
  out.name = std::move(name);
  out.labels = labels(at(pod, {"metadata", "labels"}));
  const Index spec = at(pod, {"spec"});
  out.account = text(at(spec, {"serviceAccountName"}));
  if (out.account.empty()) out.account = text(at(spec, {"serviceAccount"}));
  out.dns_policy = text(at(spec, {"dnsPolicy"}));
  out.host_network = text(at(spec, {"hostNetwork"})) == "true";
  for (const Index one : list(at(spec, {"containers"}))) out.containers.push_back(container(one));
  for (const Index one : list(at(spec, {"volumes"}))) out.volumes.push_back(volume(one));
  out_.bundle.workloads.push_back(std::move(out));
}

Container ObjectReader::container(Index node) {
  Container out;
  out.name = text(at(node, {"name"}));
  out.image = text(at(node, {"image"}));
  out.arguments = texts(at(node, {"command"}));
  for (std::string& argument : texts(at(node, {"args"}))) out.arguments.push_back(std::move(argument));
  for (const Index port : list(at(node, {"ports"}))) {
    out.ports.push_back({std::string(text(at(port, {"name"}))),
                         std::string(text(at(port, {"protocol"}))),
                         std::string(text(at(port, {"containerPort"}))),
                         {}});
  }
  if (is(node, Node::Kind::map)) {
    for (const Pair field : pairs(node)) {
      const Index get = text(field.key).ends_with("Probe") ? at(field.value, {"httpGet"}) : none;
      if (get == none) continue;
      out.probes.push_back(
          {std::string(text(field.key)), std::string(text(at(get, {"path"}))), std::string(text(at(get, {"port"}))), extent(field.key)});
    }
  }
  for (const Index mount : list(at(node, {"volumeMounts"}))) {
    const Index path = at(mount, {"mountPath"});
    out.mounts.push_back({std::string(text(at(mount, {"name"}))), std::string(text(path)), std::string(text(at(mount, {"subPath"}))),
                          path == none ? Span{} : extent(path)});
  }
  return out;
}

std::vector<VolumeItem> ObjectReader::items(Index node) {
  std::vector<VolumeItem> out;
  for (const Index item : list(node)) {
    const Index key = at(item, {"key"});
    if (key != none) out.push_back({std::string(text(key)), std::string(text(at(item, {"path"}))), extent(key)});
  }
  return out;
}

Volume ObjectReader::volume(Index node) {
  Volume out;
  const Index name = at(node, {"name"});
  out.name = text(name);
  if (name != none) out.span = extent(name);
  const Index map = at(node, {"configMap"});
  if (map == none) return out;
  out.config_map = text(at(map, {"name"}));
  out.optional = text(at(map, {"optional"})) == "true";
  const Index listed = at(map, {"items"});
  out.all_keys = listed == none;
  out.items = items(listed);
  return out;
}

void ObjectReader::service(ObjectName name, Index spec) {
  Service out;
  out.name = std::move(name);
  if (const Index address = at(spec, {"clusterIP"}); address != none) out.addresses.emplace_back(text(address));
  for (std::string& address : texts(at(spec, {"clusterIPs"}))) {
    if (std::find(out.addresses.begin(), out.addresses.end(), address) == out.addresses.end()) out.addresses.push_back(std::move(address));
  }
  out.selector = labels(at(spec, {"selector"}));
  for (const Index port : list(at(spec, {"ports"}))) {
    out.ports.push_back({std::string(text(at(port, {"name"}))), std::string(text(at(port, {"protocol"}))),
                         std::string(text(at(port, {"port"}))), std::string(text(at(port, {"targetPort"})))});
  }
  out_.bundle.services.push_back(std::move(out));
}

void ObjectReader::access_role(ObjectName name, Index rules) {
  AccessRole out;
  out.name = std::move(name);
  for (const Index rule : list(rules)) {
    if (!is(rule, Node::Kind::map)) continue;
    const std::vector<Pair> fields = pairs(rule);
    Grant grant{texts(find(fields, "apiGroups").value), texts(find(fields, "resources").value), texts(find(fields, "verbs").value), {}};
    if (!fields.empty()) grant.span = extent(fields.front().key);
    out.grants.push_back(std::move(grant));
  }
  out_.bundle.roles.push_back(std::move(out));
}

void ObjectReader::binding(ObjectName name, const std::vector<Pair>& fields) {
  Binding out;
  out.name = std::move(name);
  const Index role = find(fields, "roleRef").value;
  out.role_kind = text(at(role, {"kind"}));
  out.role = text(at(role, {"name"}));
  for (const Index subject : list(find(fields, "subjects").value)) {
    ObjectName one;
    one.kind = text(at(subject, {"kind"}));
    one.name_space = text(at(subject, {"namespace"}));
    one.name = text(at(subject, {"name"}));
    if (at(subject, {"name"}) != none) one.span = extent(at(subject, {"name"}));
    out.subjects.push_back(std::move(one));
  }
  out_.bundle.bindings.push_back(std::move(out));
}

}  // namespace corefile::manifest_detail
