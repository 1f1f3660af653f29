// SPDX-License-Identifier: Apache-2.0
#include "flow/imagined.hpp"

#include <utility>

#include "flow/message.hpp"
#include "flow/plugins/kubernetes.hpp"

namespace corefile::flow_detail {
namespace {

constexpr std::string_view resolv_conf_path = "/etc/resolv.conf";
// Of the discard prefix of RFC 6666: nobody's server.
constexpr std::string_view node_server = "100::53";

class FilesBeside final : public Files {
 public:
  explicit FilesBeside(const Files* given) : given_(given) {}
  Content read(const std::string& path) const override {
    Content content = given_ != nullptr ? given_->read(path) : Content{};
    if (path != resolv_conf_path || content.status == Status::ok || (given_ != nullptr && given_->authoritative(path))) return content;
    return {Status::ok, "nameserver " + std::string(node_server) + "\n"};
  }
  std::vector<std::string> list(const std::string& folder) const override {
    return given_ != nullptr ? given_->list(folder) : std::vector<std::string>();
  }
  bool authoritative(const std::string& path) const override { return given_ != nullptr && given_->authoritative(path); }

 private:
  const Files* given_;
};

/// A Service of each kind and a Pod in each namespace.
Cluster a_cluster(const std::set<std::string>& namespaces) {
  Cluster cluster;
  cluster.multicluster = true;
  for (const std::string& space : namespaces) {
    cluster.namespaces.push_back({space, {}});
    cluster.services.push_back({space, "service", {"10.96.0.100"}, {"198.51.100.7"}, {}, {{"http", "TCP", 80}}, {}});
    cluster.services.push_back({space, "headless", {"None"}, {}, {}, {{"http", "TCP", 80}}, {}});
    cluster.services.push_back({space, "external", {}, {}, "www.example.com", {}, {}});
    cluster.services.push_back({space, "empty", {"10.96.0.101"}, {}, {}, {{"http", "TCP", 80}}, {}});
    for (const char* service : {"service", "headless"}) {
      cluster.endpoints.push_back({space, service, {{"10.244.0.7", "endpoint-0", "pod-0", "zone-a"}}, {{"http", "TCP", 80}}, {}});
    }
    cluster.pods.push_back({space, "pod-0", {"10.244.0.7"}, {}});
  }
  return cluster;
}

Reply denied(std::string_view rcode) {
  constexpr std::uint32_t day = 86400;
  Reply reply;
  reply.rcode = rcode;
  reply.authority.push_back(record("example.", day, "SOA", "ns.example. hostmaster.example. 1 7200 3600 1209600 86400"));
  return reply;
}

Reply answered(const Asked& asked, std::uint32_t ttl) {
  Reply reply;
  std::string_view data;
  if (asked.type == "A") data = "203.0.113.1";
  if (asked.type == "AAAA") data = "2001:db8::1";
  if (asked.type == "PTR") data = "host.example.";
  if (asked.type == "TXT") data = "\"text\"";
  if (data.empty()) return denied("NOERROR");
  reply.answer.push_back(record(asked.name, ttl, asked.type, std::string(data)));
  return reply;
}

std::optional<Reply> say(Mood mood, const Asked& asked) {
  constexpr std::uint32_t day = 86400;
  switch (mood) {
    case Mood::deny:
      return denied("NXDOMAIN");
    case Mood::fail: {
      Reply reply;
      reply.rcode = "SERVFAIL";
      return reply;
    }
    case Mood::answer_briefly:
      return answered(asked, 0);
    case Mood::answer:
      break;
  }
  return answered(asked, day);
}

}  // namespace

std::string_view describe(Mood mood) noexcept {
  switch (mood) {
    case Mood::deny:
      return "upstreams say NXDOMAIN";
    case Mood::fail:
      return "upstreams say SERVFAIL";
    case Mood::answer_briefly:
      return "upstreams answer with TTL 0";
    case Mood::answer:
      break;
  }
  return {};
}

Imagined::Imagined(const World& given, const std::set<std::string>& namespaces)
    : given_(given), files_(std::make_unique<const FilesBeside>(given.files)), cluster_(a_cluster(namespaces)) {}

World Imagined::world(Mood mood) const {
  World world = given_;
  world.files = files_.get();
  if (world.cluster == nullptr) world.cluster = &cluster_;
  if (!world.host_name) world.host_name = "coredns";
  if (!world.addresses) world.addresses = {"10.244.0.2"};
  if (!world.resolve) world.resolve = [](const std::string& name) { return std::optional(std::vector<std::string>{name}); };
  if (!world.upstream || mood != Mood::answer) world.upstream = [mood](const Asked& asked) { return say(mood, asked); };
  return world;
}

std::string plain_upstream(std::string_view upstream) {
  return upstream.find(node_server) == std::string_view::npos ? std::string(upstream) : "the servers of " + std::string(resolv_conf_path);
}

void add_namespaces(const Model& model, std::set<std::string>& namespaces) {
  namespaces.emplace("namespace");
  for (const Block& block : model.blocks) {
    const Handler* handler = model.handler(block, Plugin::kubernetes);
    if (handler == nullptr) continue;
    const auto& named = static_cast<const Kubernetes*>(handler->settings.get())->namespaces;
    namespaces.insert(named.begin(), named.end());
  }
}

}  // namespace corefile::flow_detail
