// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/plugins.hpp"

/// plugin/kubernetes, and what `autopath` and `k8s_external` ask of it.
namespace corefile::flow_detail {

struct Kubernetes {
  enum class Pods : std::uint8_t { disabled, insecure, verified } pods = Pods::disabled;
  std::vector<std::string> zones;
  std::vector<std::string> namespaces;  ///< empty: all
  std::string labels, namespace_labels;
  std::vector<std::string> multicluster;
  Fallthrough fallthrough;
  std::uint32_t ttl = 5;
  bool endpoint_pod_names = false;
  bool endpoints = true;
  bool ignore_empty = false;
  bool zonal = false;

  /// The first zone that is not a reverse one.
  std::string_view primary_zone() const noexcept;
};

/// etcd/msg, Service: what the cluster has for a name.
struct Found {
  std::string host;  ///< an address or a name
  int port = 0;
  std::string domain;  ///< the name that its key stands for
  std::string text;
};

/// What became of looking for some: kubernetes.go's errors.
enum class Lookup : std::uint8_t { fine, no_items, panics };

/// A cluster as one plugin sees it.
class Clustered {
 public:
  Clustered(Turn& turn, const Kubernetes& settings);

  const Kubernetes& settings() const noexcept { return settings_; }
  bool exposed(std::string_view space) const;
  /// It sees nothing at all, so that nothing has changed yet.
  bool empty() const;
  /// It has all that the plugin wants of the API server.
  bool ready() const noexcept { return settings_.multicluster.empty() || cluster_->multicluster; }
  const Cluster::Service* service(std::string_view space, std::string_view name) const;
  /// Services and endpoints that the plugin's `labels` let through, which match as that release matches.
  std::vector<const Cluster::Service*> services(std::string_view space, std::string_view name) const;
  std::vector<const Cluster::Endpoints*> endpoints(const Cluster::Service& service) const;
  std::vector<const Cluster::Pod*> pods_with(std::string_view ip) const;
  std::string host_name(const Cluster::Endpoint& endpoint) const;
  /// reverse.go, serviceRecordForIP.
  std::vector<Found> names_of(const std::string& ip) const;
  std::vector<Found> external_names_of(const std::string& ip) const;
  /// ns.go, nsAddrs: name and address each.
  std::vector<std::pair<std::string, std::string>> name_servers(std::string_view zone, bool external, bool headless) const;
  bool wildcard(std::string_view label) const noexcept { return wildcards_ && (label == "*" || label == "any"); }
  bool matches(std::string_view asked, std::string_view has) const noexcept;
  /// A port of that name and protocol; empty ones fit all.
  bool fits(const Cluster::Port& port, std::string_view name, std::string_view protocol) const noexcept;

 private:
  bool selected(const Cluster::Labels& labels, std::string_view selector) const;

  Turn& turn_;
  const Kubernetes& settings_;
  const Cluster* cluster_;
  bool wildcards_;
};

bool is_headless(const Cluster::Service& service) noexcept;

/// kubernetes.go, Records.
Lookup find_records(Turn& turn, const Clustered& cluster, std::string_view name, std::string_view zone, std::vector<Found>& found);

/// autopath.go: the client's search path, with the empty name last; none where the client is not a pod.
std::vector<std::string> kubernetes_search(Turn& turn, const Handler& handler);

/// backend_lookup.go, SRV: records and their addresses.
void service_records(const std::vector<Found>& found, const std::string& owner, std::uint32_t ttl, std::vector<Record>& records,
                     std::vector<Record>& additional);

}  // namespace corefile::flow_detail
