// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/platform.hpp>
#include <utility>

#include "manifest/objects.hpp"

/// Objects beside the ConfigMaps: pods, Services, roles.
namespace corefile::manifest_detail {
namespace {

using View = std::string_view;
constexpr std::size_t most_listed = 10'000;

}  // namespace

const Platform* ObjectReader::owner(const ConfigMap& map, const std::vector<Pair>& about) {
  std::vector<Pair> all;
  for (const View field : {View("labels"), View("annotations")}) {
    const Pair entries = find(about, field);
    if (!is(entries.value, Node::Kind::map)) continue;
    for (const Pair entry : pairs(entries.value)) all.push_back(entry);
  }
  const Platform* found = nullptr;
  for (const Platform& platform : known_platforms()) {
    if (platform.config_map.empty() || platform.config_map != map.name) continue;
    out_.faults.push_back({ManifestFault::Kind::owned,
                           extent(find(about, "name").value),
                           {},
                           map.object,
                           std::string(platform.owner),
                           std::string(platform.instead)});
    return &platform;
  }
  for (const Platform& platform : known_platforms()) {
    for (const PlatformMark& mark : platform.marks) {
      const Pair own = find(all, mark.key);
      if (own.key == none || !text(own.value).starts_with(mark.value)) continue;
      if (found == nullptr && !platform.name.empty()) found = &platform;
      // What users write in their own ConfigMap stays.
      if (platform.owner.empty() || map.known == Known::custom) break;
      out_.faults.push_back(
          {ManifestFault::Kind::owned, extent(own.key), {}, map.object, std::string(platform.owner), std::string(platform.instead)});
      return found;
    }
  }
  return found;
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
    workload(object_name(kind, fields), spec);
  } else if (kind == "ServiceAccount") {
    account(object_name(kind, fields), find(fields, "automountServiceAccountToken").value);
  } else if (kind == "Service") {
    service(object_name(kind, fields), spec);
  } else if (kind == "ClusterRole" || kind == "Role") {
    access_role(object_name(kind, fields), fields);
  } else if (kind == "ClusterRoleBinding" || kind == "RoleBinding") {
    binding(object_name(kind, fields), fields);
  } else if (kind == "NetworkPolicy") {
    network_policy(object_name(kind, fields), spec);
  } else if (kind == "PodDisruptionBudget") {
    disruption_budget(object_name(kind, fields), spec);
  } else if (kind == "HorizontalPodAutoscaler") {
    autoscaler(object_name(kind, fields), spec);
  } else {
    return false;
  }
  return true;
}

Written ObjectReader::written(Index node) {
  if (node == none || !is(node, Node::Kind::scalar)) return {};
  return {std::string(text(node)), extent(node)};
}

std::vector<Written> ObjectReader::all_written(Index node) {
  std::vector<Written> out;
  for (const Index item : list(node)) {
    if (is(item, Node::Kind::scalar)) out.push_back(written(item));
  }
  return out;
}

Security ObjectReader::security(Index context) {
  Security out;
  out.user = written(at(context, {"runAsUser"}));
  out.dropped = all_written(at(context, {"capabilities", "drop"}));
  out.added = all_written(at(context, {"capabilities", "add"}));
  for (const Index one : list(at(context, {"sysctls"}))) out.sysctls.emplace_back(text(at(one, {"name"})));
  return out;
}

void ObjectReader::workload(ObjectName name, Index whole) {
  Workload out;
  out.name = std::move(name);
  out.replicas = written(at(whole, {"replicas"}));
  const Index pod = at(whole, {"template"});
  out.labels = labels(at(pod, {"metadata", "labels"}));
  out.annotations = labels(at(pod, {"metadata", "annotations"}));
  const Index spec = at(pod, {"spec"});
  out.account = written(at(spec, {"serviceAccountName"}));
  if (out.account.text.empty()) out.account = written(at(spec, {"serviceAccount"}));
  out.dns_policy = written(at(spec, {"dnsPolicy"}));
  out.nameservers = all_written(at(spec, {"dnsConfig", "nameservers"}));
  out.token = written(at(spec, {"automountServiceAccountToken"}));
  out.grace_period = written(at(spec, {"terminationGracePeriodSeconds"}));
  out.host_network = text(at(spec, {"hostNetwork"})) == "true";
  out.security = security(at(spec, {"securityContext"}));
  for (const Index one : list(at(spec, {"containers"}))) {
    out.containers.push_back(container(one));
    if (out.containers.back().image.text.find("external-dns") != std::string::npos) external_dns(out);
  }
  for (const Index one : list(at(spec, {"volumes"}))) out.volumes.push_back(volume(one));
  out_.bundle.workloads.push_back(std::move(out));
}

void ObjectReader::account(ObjectName name, Index token) { out_.bundle.accounts.push_back({std::move(name), written(token)}); }

Container ObjectReader::container(Index node) {
  Container out;
  out.name = text(at(node, {"name"}));
  out.image = written(at(node, {"image"}));
  out.arguments = all_written(at(node, {"command"}));
  out.command = !out.arguments.empty();
  for (Written& argument : all_written(at(node, {"args"}))) out.arguments.push_back(std::move(argument));
  for (const Index port : list(at(node, {"ports"}))) {
    const Written number = written(at(port, {"containerPort"}));
    out.ports.push_back({std::string(text(at(port, {"name"}))), std::string(text(at(port, {"protocol"}))), number.text, {}, number.span});
  }
  if (is(node, Node::Kind::map)) {
    for (const Pair field : pairs(node)) {
      if (!text(field.key).ends_with("Probe") || !is(field.value, Node::Kind::map)) continue;
      const Index get = at(field.value, {"httpGet"});
      out.probes.push_back(
          {std::string(text(field.key)), std::string(text(at(get, {"path"}))), std::string(text(at(get, {"port"}))), extent(field.key)});
    }
  }
  for (const Index mount : list(at(node, {"volumeMounts"}))) {
    const Index path = at(mount, {"mountPath"});
    out.mounts.push_back({std::string(text(at(mount, {"name"}))), std::string(text(path)), std::string(text(at(mount, {"subPath"}))),
                          path == none ? Span{} : extent(path)});
  }
  for (const Index variable : list(at(node, {"env"}))) out.variables.emplace_back(text(at(variable, {"name"})));
  out.more_variables = at(node, {"envFrom"}) != none;
  out.security = security(at(node, {"securityContext"}));
  out.memory_limit = written(at(node, {"resources", "limits", "memory"}));
  for (const View kind : {View("requests"), View("limits")}) {
    for (const auto& [resource, amount] : labels(at(node, {"resources", kind}))) out.requests.push_back(resource);
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
  for (const Index source : list(at(node, {"projected", "sources"}))) {
    if (at(source, {"serviceAccountToken"}) != none) out.token = true;
  }
  if (at(node, {"secret"}) != none) out.token = true;  // it may hold one
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
  out.type = written(at(spec, {"type"}));
  out.traffic_policy = written(at(spec, {"externalTrafficPolicy"}));
  if (out.type.text == "ExternalName") out.external_name = written(at(spec, {"externalName"}));
  const Index selector = at(spec, {"selector"});
  out.selector = labels(selector);
  if (!out.selector.empty()) out.selector_span = extent(pairs(selector).front().key);
  for (const Index port : list(at(spec, {"ports"}))) {
    const Written number = written(at(port, {"port"}));
    out.ports.push_back({std::string(text(at(port, {"name"}))), std::string(text(at(port, {"protocol"}))), number.text,
                         std::string(text(at(port, {"targetPort"}))), number.span});
  }
  out_.bundle.services.push_back(std::move(out));
}

void ObjectReader::access_role(ObjectName name, const std::vector<Pair>& fields) {
  AccessRole out;
  out.name = std::move(name);
  out.aggregated = find(fields, "aggregationRule").key != none;
  for (const Index rule : list(find(fields, "rules").value)) {
    if (!is(rule, Node::Kind::map)) continue;
    const std::vector<Pair> parts = pairs(rule);
    Grant grant{texts(find(parts, "apiGroups").value), texts(find(parts, "resources").value), texts(find(parts, "verbs").value), {}};
    if (!parts.empty()) grant.span = extent(parts.front().key);
    out.grants.push_back(std::move(grant));
  }
  out_.bundle.roles.push_back(std::move(out));
}

std::vector<PolicyRule> ObjectReader::policy_rules(Index list_of_rules) {
  std::vector<PolicyRule> out;
  for (const Index rule : list(list_of_rules)) {
    PolicyRule& one = out.emplace_back();
    for (const Index port : list(at(rule, {"ports"}))) {
      const Index number = at(port, {"port"});
      one.ports.push_back({std::string(text(at(port, {"protocol"}))), std::string(text(number)), std::string(text(at(port, {"endPort"}))),
                           number == none ? Span{} : extent(number)});
    }
  }
  return out;
}

// kubernetes/kubernetes, pkg/apis/networking/v1/defaults.go
void ObjectReader::network_policy(ObjectName name, Index spec) {
  NetworkPolicy out;
  out.name = std::move(name);
  out.pods = pod_selector(at(spec, {"podSelector"}));
  out.ingress = policy_rules(at(spec, {"ingress"}));
  out.egress = policy_rules(at(spec, {"egress"}));
  const std::vector<std::string> types = texts(at(spec, {"policyTypes"}));
  const auto named = [&](View type) { return std::find(types.begin(), types.end(), type) != types.end(); };
  out.limits_ingress = types.empty() || named("Ingress");
  out.limits_egress = types.empty() ? !out.egress.empty() : named("Egress");
  out_.bundle.policies.push_back(std::move(out));
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
