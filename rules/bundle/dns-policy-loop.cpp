// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::dns_policy_loop {
namespace {

constexpr std::string_view node_file = "/etc/resolv.conf";

/// The word that sends all other names to the servers of the pod's resolv.conf.
const Word* sent_to_file(const Config& config) {
  for (const Directive directive : config.directives()) {
    if (!directive.is(Plugin::forward) || directive.zones().size() != 1 || !zone_of(directive.zones().front()).empty()) continue;
    for (const Word& upstream : directive.upstreams()) {
      if (upstream.text == node_file) return &upstream;
    }
  }
  return nullptr;
}

/// Pods with this policy get the cluster's DNS Service as their server.
bool asks_the_cluster(const Workload& workload) {
  const std::string& policy = workload.dns_policy.text;
  return policy == "ClusterFirstWithHostNet" || ((policy.empty() || policy == "ClusterFirst") && !workload.host_network);
}

bool is_cluster_dns(const Workload& workload, const Manifest& manifest) {
  const auto app = workload.labels.find("k8s-app");
  if (app != workload.labels.end() && app->second == "kube-dns") return true;
  const auto services = services_of(workload, manifest);
  return std::any_of(services.begin(), services.end(), [](const Service* one) { return one->name.name == "kube-dns"; });
}

/// Of `dnsPolicy: None`, the server that is the Service of these very pods.
const Written* own_server(const Workload& workload, const Manifest& manifest) {
  if (workload.dns_policy.text != "None") return nullptr;
  for (const Service* service : services_of(workload, manifest)) {
    for (const Written& server : workload.nameservers) {
      if (std::find(service->addresses.begin(), service->addresses.end(), server.text) != service->addresses.end()) return &server;
    }
  }
  return nullptr;
}

void tell_own_server(const Run& run, const Written& server, const Word& file, ManifestReport& report) {
  Diagnostic& found =
      report.at(Place{0, server.span}, fmt::format("`{}` is the Service of these pods: CoreDNS forwards to itself", server.text));
  if (run.workload->nameservers.size() > 1) found.severity = Severity::warning;
  found.labels.push_back({run.base.outer(file), "names this server in these pods"});
  found.notes.push_back("a query goes round until `loop` ends the process or memory is gone");
  found.help = "name the resolver that knows outside names, or write `dnsPolicy: Default` for the node's own servers";
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const Run& run : read_runs(manifest)) {
    const Word* file = sent_to_file(run.base.config);
    const Written* server = file == nullptr ? nullptr : own_server(*run.workload, manifest);
    if (server != nullptr) {
      tell_own_server(run, *server, *file, report);
      continue;
    }
    if (file == nullptr || !asks_the_cluster(*run.workload) || !is_cluster_dns(*run.workload, manifest)) continue;
    const Written& policy = run.workload->dns_policy;
    const std::string shown = policy.text.empty() ? "ClusterFirst" : policy.text;
    Diagnostic& found = report.at(Place{0, policy.text.empty() ? run.workload->name.span : policy.span},
                                  fmt::format("with `dnsPolicy: {}` CoreDNS forwards to itself", shown));
    if (policy.text.empty()) found.label = "no `dnsPolicy` is written";
    found.labels.push_back({run.base.outer(*file), "names the cluster's own DNS in these pods"});
    found.notes.push_back(run.base.config.has(Plugin::loop)
                              ? "`loop` finds it at the start, and CoreDNS ends: Loop … detected for zone \".\""
                              : "a single query goes round until the memory or the sockets are used up");
    found.help = "write `dnsPolicy: Default`, with which the pods get the node's own servers";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::dns_policy_loop
