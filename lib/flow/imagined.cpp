// SPDX-License-Identifier: Apache-2.0
#include "flow/imagined.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "flow/message.hpp"
#include "flow/plugins/kubernetes.hpp"
#include "flow/selector.hpp"

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

/// A Service of each kind and a Pod. Those with other labels have other names and addresses.
void add_objects(Cluster& cluster, const std::string& space, const Cluster::Labels& labels, std::size_t index) {
  const std::string suffix = index == 0 ? std::string() : fmt::format("-{}", index);
  const auto service = [&](std::string_view name, std::vector<std::string> ips, std::vector<std::string> external, std::string target) {
    std::vector<Cluster::Port> ports;
    if (target.empty()) ports.push_back({"http", "TCP", 80});
    cluster.services.push_back(
        {space, fmt::format("{}{}", name, suffix), std::move(ips), std::move(external), std::move(target), std::move(ports), labels});
  };
  service("service", {fmt::format("10.96.{}.100", index)}, {fmt::format("198.51.100.{}", 7 + index)}, {});
  service("headless", {"None"}, {}, {});
  service("external", {}, {}, "www.example.com");
  service("empty", {fmt::format("10.96.{}.101", index)}, {}, {});
  const std::string ip = fmt::format("10.244.{}.7", index), pod = fmt::format("pod-{}", index);
  for (const std::string_view name : {"service", "headless"}) {
    cluster.endpoints.push_back({space,
                                 fmt::format("{}{}", name, suffix),
                                 {{ip, fmt::format("endpoint-{}", index), pod, "zone-a"}},
                                 {{"http", "TCP", 80}},
                                 labels});
  }
  cluster.pods.push_back({space, pod, {ip}, labels});
}

Cluster a_cluster(const Wanted& wanted) {
  Cluster cluster;
  cluster.multicluster = true;
  for (const std::string& space : wanted.namespaces) cluster.namespaces.push_back({space, {}});
  for (const Cluster::Labels& labels : wanted.namespace_labels) {
    if (!labels.empty()) cluster.namespaces.push_back({fmt::format("labelled-{}", cluster.namespaces.size()), labels});
  }
  for (const Cluster::Namespace& space : cluster.namespaces) {
    std::size_t index = 0;
    for (const Cluster::Labels& labels : wanted.labels) add_objects(cluster, space.name, labels, index++);
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
    case Mood::admit:
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
    case Mood::admit:
      return "expressions that hang on what is not known are true";
    case Mood::answer:
      break;
  }
  return {};
}

Imagined::Imagined(const World& given, const Wanted& wanted)
    : given_(given), files_(std::make_unique<const FilesBeside>(given.files)), cluster_(a_cluster(wanted)) {}

World Imagined::world(Mood mood) const {
  World world = given_;
  world.files = files_.get();
  if (world.cluster == nullptr) world.cluster = &cluster_;
  if (!world.host_name) world.host_name = "coredns";
  if (!world.addresses) world.addresses = {"10.244.0.2"};
  if (!world.resolve) world.resolve = [](const std::string& name) { return std::optional(std::vector<std::string>{name}); };
  if (mood == Mood::admit) world.expression = [](std::string_view) { return std::optional(true); };
  if (!world.upstream || (mood != Mood::answer && mood != Mood::admit))
    world.upstream = [mood](const Asked& asked) { return say(mood, asked); };
  return world;
}

bool hangs_on_expression(const Trace& trace) noexcept {
  return std::any_of(trace.depends.begin(), trace.depends.end(),
                     [](const std::string& on) { return on.find("'s expression `") != std::string::npos; });
}

std::string plain_upstream(std::string_view upstream) {
  return upstream.find(node_server) == std::string_view::npos ? std::string(upstream) : "the servers of " + std::string(resolv_conf_path);
}

void add_wanted(const Model& model, Wanted& wanted) {
  constexpr std::size_t most_labels = 16;
  const auto add = [](std::string_view selector, std::set<Cluster::Labels>& to) {
    if (auto labels = labels_for(selector); labels && to.size() < most_labels) to.insert(std::move(*labels));
  };
  wanted.namespaces.emplace("namespace");
  for (const Block& block : model.blocks) {
    const Handler* handler = model.handler(block, Plugin::kubernetes);
    if (handler == nullptr) continue;
    const auto& settings = *static_cast<const Kubernetes*>(handler->settings.get());
    wanted.namespaces.insert(settings.namespaces.begin(), settings.namespaces.end());
    add(settings.labels, wanted.labels);
    add(settings.namespace_labels, wanted.namespace_labels);
  }
}

}  // namespace corefile::flow_detail
