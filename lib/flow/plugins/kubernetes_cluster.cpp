// SPDX-License-Identifier: Apache-2.0
// plugin/kubernetes: namespace.go, reverse.go, ns.go, autopath.go, and what controller.go keeps
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "flow/plugins/kubernetes.hpp"
#include "flow/resolv_conf.hpp"
#include "flow/selector.hpp"

namespace corefile::flow_detail {
namespace {

const Cluster empty_cluster{};

std::string replaced(std::string text, char from, char to) {
  std::replace(text.begin(), text.end(), from, to);
  return text;
}

}  // namespace

bool is_headless(const Cluster::Service& service) noexcept { return !service.cluster_ips.empty() && service.cluster_ips.front() == "None"; }

std::string_view Kubernetes::primary_zone() const noexcept {
  for (const std::string& zone : zones) {
    if (!in_reverse_tree(zone)) return zone;
  }
  return zones.empty() ? std::string_view() : std::string_view(zones.front());
}

Clustered::Clustered(Turn& turn, const Kubernetes& settings)
    : turn_(turn), settings_(settings), cluster_(turn.walk.world().cluster), wildcards_(!turn.since(1, 9, 0)) {
  if (cluster_ == nullptr) {
    turn.walk.depend("the cluster's objects");
    cluster_ = &empty_cluster;
  }
}

bool Clustered::selected(const Cluster::Labels& labels, std::string_view selector) const {
  return selector.empty() || selector_matches(selector, labels);
}

bool Clustered::empty() const {
  const auto seen = [this](const auto& one) { return selected(one.labels, settings_.labels); };
  return cluster_ != &empty_cluster && std::none_of(cluster_->services.begin(), cluster_->services.end(), seen) &&
         std::none_of(cluster_->endpoints.begin(), cluster_->endpoints.end(), seen) &&
         std::none_of(cluster_->pods.begin(), cluster_->pods.end(), seen);
}

bool Clustered::exposed(std::string_view space) const {
  const std::vector<std::string>& named = settings_.namespaces;
  if (!named.empty() && std::find(named.begin(), named.end(), space) == named.end()) return false;
  return std::any_of(cluster_->namespaces.begin(), cluster_->namespaces.end(),
                     [&](const Cluster::Namespace& one) { return one.name == space && selected(one.labels, settings_.namespace_labels); });
}

bool Clustered::matches(std::string_view asked, std::string_view has) const noexcept {
  return wildcard(asked) || wildcard(has) || ascii::same_letters(asked, has);
}

bool Clustered::fits(const Cluster::Port& port, std::string_view name, std::string_view protocol) const noexcept {
  return (name.empty() || matches(name, port.name)) && (protocol.empty() || matches(protocol, port.protocol));
}

std::vector<const Cluster::Service*> Clustered::services(std::string_view space, std::string_view name) const {
  std::vector<const Cluster::Service*> found;
  for (const Cluster::Service& one : cluster_->services) {
    if (matches(space, one.space) && matches(name, one.name) && selected(one.labels, settings_.labels)) found.push_back(&one);
  }
  return found;
}

std::vector<const Cluster::Endpoints*> Clustered::endpoints(const Cluster::Service& service) const {
  std::vector<const Cluster::Endpoints*> found;
  if (!settings_.endpoints) return found;
  for (const Cluster::Endpoints& one : cluster_->endpoints) {
    if (one.space == service.space && one.service == service.name && selected(one.labels, settings_.labels)) found.push_back(&one);
  }
  return found;
}

std::vector<const Cluster::Pod*> Clustered::pods_with(std::string_view ip) const {
  std::vector<const Cluster::Pod*> found;
  for (const Cluster::Pod& one : cluster_->pods) {
    const bool has = std::find(one.ips.begin(), one.ips.end(), ip) != one.ips.end();
    if (has && selected(one.labels, settings_.labels)) found.push_back(&one);
  }
  return found;
}

// kubernetes.go, endpointHostname.
std::string Clustered::host_name(const Cluster::Endpoint& endpoint) const {
  if (!endpoint.host_name.empty()) return endpoint.host_name;
  if (settings_.endpoint_pod_names && !endpoint.pod.empty()) return endpoint.pod;
  if (endpoint.ip.find('.') != std::string::npos) return replaced(endpoint.ip, '.', '-');
  std::string name = replaced(endpoint.ip, ':', '-');
  return name.ends_with('-') && turn_.since(1, 12, 4) ? name + "0" : name;
}

std::vector<Found> Clustered::names_of(const std::string& ip) const {
  std::vector<Found> found;
  const std::string_view zone = settings_.primary_zone();
  const auto hidden = [this](std::string_view space) { return !settings_.namespaces.empty() && !exposed(space); };
  // External addresses were among them before.
  const bool external = !turn_.since(1, 9, 4);
  for (const Cluster::Service& one : cluster_->services) {
    const auto has = [&ip](const std::vector<std::string>& ips) { return std::find(ips.begin(), ips.end(), ip) != ips.end(); };
    if (!has(one.cluster_ips) && !(external && has(one.external_ips))) continue;
    if (hidden(one.space) || !selected(one.labels, settings_.labels)) continue;
    found.push_back({fqdn(fmt::format("{}.{}.svc.{}", one.name, one.space, zone)), 0, {}, {}});
    return found;
  }
  if (!settings_.endpoints) return found;
  for (const Cluster::Endpoints& one : cluster_->endpoints) {
    if (hidden(one.space) || !selected(one.labels, settings_.labels)) continue;
    for (const Cluster::Endpoint& endpoint : one.addresses) {
      if (endpoint.ip == ip) {
        found.push_back({fqdn(fmt::format("{}.{}.{}.svc.{}", host_name(endpoint), one.service, one.space, zone)), 0, {}, {}});
      }
    }
  }
  return found;
}

std::vector<Found> Clustered::external_names_of(const std::string& ip) const {
  std::vector<Found> found;
  for (const Cluster::Service& one : cluster_->services) {
    const bool has = std::find(one.external_ips.begin(), one.external_ips.end(), ip) != one.external_ips.end();
    if (!has || (!settings_.namespaces.empty() && !exposed(one.space)) || !selected(one.labels, settings_.labels)) continue;
    found.push_back({join({one.name, one.space}), 0, {}, {}});
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> Clustered::name_servers(std::string_view zone, bool external, bool headless) const {
  std::vector<std::pair<std::string, std::string>> found;
  std::vector<std::string> own;
  // local.go, boundIPs: what `bind` names is read as a network, which it is not.
  if (turn_.block.bound) {
    own.clear();
  } else if (turn_.walk.world().addresses) {
    own = *turn_.walk.world().addresses;
  } else {
    turn_.walk.depend("the machine's addresses");
  }
  bool served = false;
  const auto has = [&own](const Cluster::Endpoint& one) { return std::find(own.begin(), own.end(), one.ip) != own.end(); };
  for (const Cluster::Endpoints& one : cluster_->endpoints) {
    if (!settings_.endpoints || std::none_of(one.addresses.begin(), one.addresses.end(), has)) continue;
    served = true;
    for (const Cluster::Service* service : services(one.space, one.service)) {
      const std::string name = external ? join({service->name, service->space, zone}) : join({service->name, service->space, "svc", zone});
      if (is_headless(*service) && (!external || headless)) {
        for (const Cluster::Endpoint& endpoint : one.addresses) found.emplace_back(join({host_name(endpoint), name}), endpoint.ip);
      } else {
        for (const std::string& ip : external ? service->external_ips : service->cluster_ips) found.emplace_back(name, ip);
      }
    }
  }
  if (served && (turn_.since(1, 9, 3) || !found.empty())) return found;
  for (const std::string& ip : own) found.emplace_back(fmt::format("ns.dns.{}", zone), ip);
  return found;
}

std::vector<std::string> kubernetes_search(Turn& turn, const Handler& handler) {
  const auto& settings = *static_cast<const Kubernetes*>(handler.settings.get());
  const std::string_view zone = match(settings.zones, turn.request.lower);
  if (zone.empty() || settings.pods != Kubernetes::Pods::verified) return {};
  const Clustered cluster(turn, settings);
  const std::vector<const Cluster::Pod*> pods = cluster.pods_with(plain_address(turn.walk.query().client));
  if (pods.empty()) return {};
  std::vector<std::string> search{join({pods.front()->space, "svc", zone}), join({"svc", zone}), std::string(zone)};
  for (std::string& one : search_path(turn.walk.file("/etc/resolv.conf").value_or(""))) search.push_back(std::move(one));
  search.emplace_back();
  return search;
}

}  // namespace corefile::flow_detail
