// SPDX-License-Identifier: Apache-2.0
// plugin/kubernetes: parse.go and kubernetes.go's Records, findServices and findPods; plugin/backend_lookup.go, SRV
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "flow/plugins/kubernetes.hpp"

namespace corefile::flow_detail {
namespace {

/// parse.go, recordRequest.
struct Asked {
  std::string_view kind;  ///< svc or pod; empty for the apex and the like
  std::string_view space, service, endpoint, port, protocol;
  std::string zone;  ///< of a zone-scoped name
  bool prefer = false;
  bool valid = true;
};

std::string_view without_underscore(std::string_view label) { return label.starts_with('_') ? label.substr(1) : label; }

void read_zonal(const std::vector<std::string_view>& labels, std::size_t left, bool zonal, Asked& asked) {
  // topozone.pin|prefer._zone
  const bool anchored = left >= 3 && zonal && labels[left - 1] == "_zone" && asked.kind == "svc";
  const std::string_view how = anchored ? labels[left - 2] : std::string_view();
  if (how != "pin" && how != "prefer") {
    asked.valid = false;
    return;
  }
  asked.prefer = how == "prefer";
  for (std::size_t i = 0; i + 2 < left; ++i) asked.zone += fmt::format("{}{}", i == 0 ? "" : ".", labels[i]);
}

Asked parse(std::string_view name, std::string_view zone, bool zonal) {
  Asked asked;
  const std::string_view base = trim_zone(name, zone).value_or("");
  if (base.empty() || base == "svc" || base == "pod") return asked;
  const std::vector<std::string_view> labels = labels_of(base);
  std::size_t left = labels.size();
  asked.kind = labels[--left];
  asked.valid = asked.kind == "svc" || asked.kind == "pod";
  if (!asked.valid || left == 0) return asked;
  asked.space = labels[--left];
  if (left == 0) return asked;
  asked.service = labels[--left];
  if (left == 1) {
    asked.endpoint = labels[0];
  } else if (left == 2) {
    asked.protocol = without_underscore(labels[1]);
    asked.port = without_underscore(labels[0]);
  } else if (left > 2) {
    read_zonal(labels, left, zonal, asked);
  }
  return asked;
}

Lookup find_pods(const Clustered& cluster, const Asked& asked, std::string_view zone, std::vector<Found>& found) {
  const Kubernetes& settings = cluster.settings();
  if (settings.pods == Kubernetes::Pods::disabled) return Lookup::no_items;
  if (asked.service.empty()) return Lookup::fine;
  const std::string_view name = asked.service;
  const bool four = std::count(name.begin(), name.end(), '-') == 3 && name.find("--") == std::string_view::npos;
  std::string ip(name);
  std::replace(ip.begin(), ip.end(), '-', four ? '.' : ':');
  const std::string domain = join({name, asked.space, "pod", zone});
  if (settings.pods == Kubernetes::Pods::insecure) {
    if (plain_address(ip).empty()) return Lookup::no_items;
    found.push_back({ip, 0, domain, {}});
    return Lookup::fine;
  }
  Lookup result = cluster.wildcard(name) && !cluster.wildcard(asked.space) ? Lookup::fine : Lookup::no_items;
  for (const Cluster::Pod* pod : cluster.pods_with(ip)) {
    if (cluster.wildcard(asked.space) && !cluster.exposed(pod->space)) continue;
    if (!cluster.matches(asked.space, pod->space)) continue;
    found.push_back({ip, 0, domain, {}});
    result = Lookup::fine;
  }
  return result;
}

/// Endpoints of a headless service, or the one that is asked for.
std::size_t add_endpoints(const Clustered& cluster, const Cluster::Service& service, const Asked& asked, std::string_view topology,
                          std::string_view zone, std::vector<Found>& found) {
  std::size_t added = 0;
  for (const Cluster::Endpoints* slice : cluster.endpoints(service)) {
    for (const Cluster::Endpoint& one : slice->addresses) {
      if (!topology.empty() && one.zone != topology) continue;
      const std::string host = cluster.host_name(one);
      if (!asked.endpoint.empty() && !cluster.matches(asked.endpoint, host)) continue;
      for (const Cluster::Port& port : slice->ports) {
        if (!cluster.fits(port, asked.port, asked.protocol)) continue;
        found.push_back({one.ip, port.number, join({host, service.name, service.space, "svc", zone}), {}});
        ++added;
      }
    }
  }
  return added;
}

// With a wildcard in the question, those of all services count.
bool has_endpoints(const Clustered& cluster, const Cluster::Service& service, const Asked& asked) {
  if (cluster.wildcard(asked.service) || cluster.wildcard(asked.space)) return true;
  for (const Cluster::Endpoints* slice : cluster.endpoints(service)) {
    if (!slice->addresses.empty()) return true;
  }
  return false;
}

/// One service: whether it has what is asked for.
bool add_service(const Clustered& cluster, const Cluster::Service& service, const Asked& asked, std::string_view zone, bool picky,
                 std::vector<Found>& found) {
  const bool headless = is_headless(service);
  if (!asked.zone.empty() && !headless) return false;
  const std::string domain = join({service.name, service.space, "svc", zone});
  if (!service.external_name.empty()) {
    const bool bare = asked.endpoint.empty() && asked.port.empty() && asked.protocol.empty();
    if ((picky && !bare) || !plain_address(service.external_name).empty()) return false;
    found.push_back({service.external_name, 0, domain, {}});
    return true;
  }
  if (headless || !asked.endpoint.empty()) {
    std::size_t added = add_endpoints(cluster, service, asked, asked.zone, zone, found);
    if (added == 0 && asked.prefer) added = add_endpoints(cluster, service, asked, {}, zone, found);
    return added > 0 || !asked.zone.empty();
  }
  bool fits = false;
  for (const Cluster::Port& port : service.ports) {
    if (!cluster.fits(port, asked.port, asked.protocol)) continue;
    fits = true;
    for (const std::string& ip : service.cluster_ips) found.push_back({ip, port.number, domain, {}});
  }
  return fits;
}

Lookup find_services(Turn& turn, const Clustered& cluster, const Asked& asked, std::string_view zone, std::vector<Found>& found) {
  if (asked.service.empty()) return Lookup::fine;
  Lookup result = cluster.wildcard(asked.service) && !cluster.wildcard(asked.space) ? Lookup::fine : Lookup::no_items;
  for (const Cluster::Service* service : cluster.services(asked.space, asked.service)) {
    if (cluster.wildcard(asked.space) && !cluster.exposed(service->space)) continue;
    const bool needs = cluster.settings().ignore_empty && service->external_name.empty() && !is_headless(*service);
    const bool looks = needs || (service->external_name.empty() && (is_headless(*service) || !asked.endpoint.empty()));
    // The list of endpoints is none then.
    if (looks && !cluster.settings().endpoints && !turn.since(1, 9, 0)) return Lookup::panics;
    if (needs && !has_endpoints(cluster, *service, asked)) continue;
    if (add_service(cluster, *service, asked, zone, turn.since(1, 11, 0), found)) result = Lookup::fine;
  }
  return result;
}

}  // namespace

Lookup find_records(Turn& turn, const Clustered& cluster, std::string_view name, std::string_view zone, std::vector<Found>& found) {
  const bool multicluster = !match(cluster.settings().multicluster, zone).empty();
  if (multicluster && cluster.ready()) turn.walk.depend("the cluster's ServiceImports");
  const Asked asked = parse(name, zone, cluster.settings().zonal && !multicluster);
  if (!asked.valid) return Lookup::no_items;
  if (asked.kind.empty()) return Lookup::fine;
  if (multicluster && asked.kind == "svc" && !asked.service.empty()) return Lookup::no_items;
  if (in_reverse_tree(name)) return Lookup::no_items;
  if (!cluster.wildcard(asked.space) && !cluster.exposed(asked.space)) return Lookup::no_items;
  return asked.kind == "pod" ? find_pods(cluster, asked, zone, found) : find_services(turn, cluster, asked, zone, found);
}

void service_records(const std::vector<Found>& found, const std::string& owner, std::uint32_t ttl, std::vector<Record>& records,
                     std::vector<Record>& additional) {
  if (found.empty()) return;
  constexpr std::size_t most = 100;  // all weights together
  const std::size_t weight = std::max<std::size_t>(1, static_cast<std::size_t>(100.0 / static_cast<double>(most * found.size()) * 100));
  std::set<std::pair<std::string, std::string>> seen;
  for (const Found& one : found) {
    if (one.port == -1) continue;
    if (seen.emplace(one.domain, std::to_string(one.port)).second) {
      records.push_back(record(owner, ttl, "SRV", fmt::format("0 {} {} {}", weight, one.port, one.domain)));
    }
    if (seen.emplace(one.domain, "=" + one.host).second) {
      additional.push_back(record(one.domain, ttl, is_ipv4(one.host) ? "A" : "AAAA", one.host));
    }
  }
}

}  // namespace corefile::flow_detail
