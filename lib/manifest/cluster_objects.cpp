// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <corefile/queries.hpp>

#include "manifest/tree.hpp"

// Objects as coredns 1.15.0, plugin/kubernetes/object/{service,endpoint,pod,namespace}.go, takes over what it watches.
namespace corefile {
namespace {

using manifest_detail::Index;
using manifest_detail::Node;
using manifest_detail::none;
using manifest_detail::Tree;

constexpr int max_list_depth = 8;

/// A value of a document; one that is not there has neither text nor fields nor items.
class Value {
 public:
  Value(const Tree& tree, Index node) : tree_(&tree), node_(node == none ? none : tree.resolved(node)) {}

  Value operator[](std::string_view key) const {
    if (is(Node::Kind::map)) {
      for (Index at = tree_->nodes[node_].first; at != none;) {
        const Index value = tree_->nodes[at].next;
        if (value == none) break;
        if (tree_->text(tree_->resolved(at)) == key) return {*tree_, value};
        at = tree_->nodes[value].next;
      }
    }
    return {*tree_, none};
  }
  std::vector<Value> items() const {
    std::vector<Value> out;
    if (!is(Node::Kind::sequence)) return out;
    for (Index at = tree_->nodes[node_].first; at != none; at = tree_->nodes[at].next) out.emplace_back(*tree_, at);
    return out;
  }
  std::string text() const { return is(Node::Kind::scalar) ? std::string(tree_->text(node_)) : std::string(); }
  std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (const Value& item : items()) out.push_back(item.text());
    return out;
  }
  bool there() const { return node_ != none; }
  Cluster::Labels labels() const {
    Cluster::Labels out;
    if (!is(Node::Kind::map)) return out;
    for (Index at = tree_->nodes[node_].first; at != none;) {
      const Index value = tree_->nodes[at].next;
      if (value == none) break;
      out.emplace(tree_->text(tree_->resolved(at)), Value(*tree_, value).text());
      at = tree_->nodes[value].next;
    }
    return out;
  }

 private:
  bool is(Node::Kind kind) const { return node_ != none && tree_->nodes[node_].kind == kind; }
  const Tree* tree_;
  Index node_;
};

std::vector<Cluster::Port> ports_of(const Value& list) {
  std::vector<Cluster::Port> out;
  for (const Value& port : list.items()) {
    Cluster::Port& one = out.emplace_back();
    one.name = port["name"].text();
    if (const std::string protocol = port["protocol"].text(); !protocol.empty()) one.protocol = protocol;
    const std::string number = port["port"].text();
    std::from_chars(number.data(), number.data() + number.size(), one.number);
  }
  return out;
}

Cluster::Service service_of(const Value& object) {
  const Value spec = object["spec"];
  Cluster::Service service{
      object["metadata"]["namespace"].text(), object["metadata"]["name"].text(), spec["clusterIPs"].texts(), {}, {}, {}, {}};
  if (service.cluster_ips.empty() && !spec["clusterIP"].text().empty()) service.cluster_ips = {spec["clusterIP"].text()};
  service.external_ips = spec["externalIPs"].texts();
  for (const Value& ingress : object["status"]["loadBalancer"]["ingress"].items()) {
    if (const std::string ip = ingress["ip"].text(); !ip.empty()) service.external_ips.push_back(ip);
  }
  if (spec["type"].text() == "ExternalName") service.external_name = spec["externalName"].text();
  service.ports = ports_of(spec["ports"]);
  service.labels = object["metadata"]["labels"].labels();
  return service;
}

Cluster::Endpoints endpoints_of(const Value& object) {
  const Value about = object["metadata"];
  Cluster::Endpoints endpoints{about["namespace"].text(),
                               about["labels"]["kubernetes.io/service-name"].text(),
                               {},
                               ports_of(object["ports"]),
                               about["labels"].labels()};
  for (const Value& endpoint : object["endpoints"].items()) {
    if (endpoint["conditions"]["ready"].text() == "false") continue;
    for (std::string& address : endpoint["addresses"].texts()) {
      endpoints.addresses.push_back(
          {std::move(address), endpoint["hostname"].text(), endpoint["targetRef"]["name"].text(), endpoint["zone"].text()});
    }
  }
  return endpoints;
}

Cluster::Pod pod_of(const Value& object) {
  const Value about = object["metadata"];
  Cluster::Pod pod{about["namespace"].text(), about["name"].text(), {}, about["labels"].labels()};
  for (const Value& address : object["status"]["podIPs"].items()) pod.ips.push_back(address["ip"].text());
  if (pod.ips.empty() && object["status"]["podIP"].there()) pod.ips.push_back(object["status"]["podIP"].text());
  return pod;
}

// A pod that has ended is not watched, and one that is being deleted is taken for gone.
bool runs(const Value& pod) {
  const std::string phase = pod["status"]["phase"].text();
  return phase != "Succeeded" && phase != "Failed" && phase != "Unknown" && !pod["metadata"]["deletionTimestamp"].there();
}

void add(const Value& object, Cluster& out, int depth) {
  const std::string kind = object["kind"].text();
  if (kind.ends_with("List") && depth < max_list_depth) {
    for (const Value& item : object["items"].items()) add(item, out, depth + 1);
  } else if (kind == "Service") {
    out.services.push_back(service_of(object));
  } else if (kind == "EndpointSlice") {
    out.endpoints.push_back(endpoints_of(object));
  } else if (kind == "Pod" && runs(object)) {
    out.pods.push_back(pod_of(object));
  } else if (kind == "Namespace") {
    out.namespaces.push_back({object["metadata"]["name"].text(), object["metadata"]["labels"].labels()});
  }
}

}  // namespace

std::optional<std::string> read_cluster(const Source& file, Cluster& out) {
  if (manifest_detail::too_deep(file.text())) return "1: nested deeper than kubectl reads";
  std::vector<Tree> trees;
  for (const Span part : manifest_detail::split_documents(file.text())) {
    if (const auto failure = manifest_detail::read_trees(file.text(), part, trees)) {
      return std::to_string(file.position(failure->at).line) + ": " + failure->words;
    }
  }
  for (const Tree& tree : trees) {
    if (!tree.nodes.empty()) add({tree, 0}, out, 0);
  }
  return {};
}

}  // namespace corefile
