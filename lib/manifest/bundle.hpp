// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <corefile/source.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What stands around a Corefile in a cluster, as its manifests say it. Spans are in the file.
namespace corefile {

using LabelMap = std::map<std::string, std::string, std::less<>>;

struct ObjectName {
  std::string kind, name_space, name;
  Span span{};  ///< the name
};

/// A value as it is written; empty where it is not.
struct Written {
  std::string text;
  Span span{};
};

struct Probe {
  std::string what;  ///< `livenessProbe`, `readinessProbe`, `startupProbe`
  std::string path;  ///< empty where it is none over HTTP
  std::string port;  ///< a number, or the name of a container's port
  Span span{};       ///< the probe's key
};

struct Port {
  std::string name, protocol, port, target;
  Span span{};  ///< the port
};

struct Mount {
  std::string volume, path, sub_path;
  Span span{};
};

/// `securityContext`, of a container or of all in the pod.
struct Security {
  Written user;
  std::vector<Written> dropped, added;  ///< capabilities
  std::vector<std::string> sysctls;     ///< their names
};

struct Container {
  std::string name;
  Written image;
  bool command = false;            ///< in place of the image's own
  std::vector<Written> arguments;  ///< `command` and `args`
  std::vector<Port> ports;
  std::vector<Probe> probes;
  std::vector<Mount> mounts;
  Security security;
  Written memory_limit;
  std::vector<std::string> requests;  ///< the resources that are asked for, or limited, which asks for them too
  std::vector<std::string> variables;
  bool more_variables = false;  ///< `envFrom`
};

struct VolumeItem {
  std::string key, path;
  Span span{};  ///< the key
};
/// A volume that holds keys of ConfigMaps, or something else that is not known.
struct Volume {
  std::string name;
  std::string config_map;  ///< empty: something else
  bool all_keys = true;    ///< no `items`
  bool optional = false;
  bool token = false;  ///< a token of the pod's account is in it
  std::vector<VolumeItem> items;
  Span span{};
};

/// A Deployment, a DaemonSet, a StatefulSet or a ReplicaSet.
struct Workload {
  ObjectName name;
  LabelMap labels;       ///< of its pods
  LabelMap annotations;  ///< of its pods
  Written replicas, account, dns_policy, token, grace_period;
  bool host_network = false;
  std::vector<Written> nameservers;  ///< `dnsConfig.nameservers`
  Security security;
  std::vector<Container> containers;
  std::vector<Volume> volumes;
};

struct ServiceAccount {
  ObjectName name;
  Written token;  ///< `automountServiceAccountToken`
};

struct Service {
  ObjectName name;
  std::vector<std::string> addresses;
  LabelMap selector;
  Span selector_span{};
  std::vector<Port> ports;
  Written external_name;         ///< of the type ExternalName
  Written type, traffic_policy;  ///< `externalTrafficPolicy`
};

struct Grant {
  std::vector<std::string> groups, resources, verbs;
  Span span{};
};
/// A ClusterRole or a Role.
struct AccessRole {
  ObjectName name;
  bool aggregated = false;  ///< the cluster fills in its rules
  std::vector<Grant> grants;
};
/// A ClusterRoleBinding or a RoleBinding.
struct Binding {
  ObjectName name;
  std::string role_kind, role;
  std::vector<ObjectName> subjects;
};

/// Which pods: all of the labels and all of the conditions.
struct PodSelector {
  struct Condition {
    std::string key, what;  ///< `In`, `NotIn`, `Exists`, `DoesNotExist`
    std::vector<std::string> values;
  };
  LabelMap labels;
  std::vector<Condition> conditions;
};

struct PolicyPort {
  std::string protocol, port, last;  ///< a number or a port's name; empty: all. `last`: `endPort`
  Span span{};
};
/// What a NetworkPolicy lets in, or out.
struct PolicyRule {
  std::vector<PolicyPort> ports;  ///< empty: all
};
struct NetworkPolicy {
  ObjectName name;
  PodSelector pods;
  bool limits_ingress = false, limits_egress = false;
  std::vector<PolicyRule> ingress, egress;
};

/// A PodDisruptionBudget.
struct DisruptionBudget {
  ObjectName name;
  PodSelector pods;
  Written min_available, max_unavailable;  ///< a number, or a share: `50%`
};

/// A HorizontalPodAutoscaler.
struct Autoscaler {
  struct Metric {
    Written resource;       ///< `cpu`, `memory`; empty for others
    std::string container;  ///< of this one alone
    bool share = false;     ///< of what the containers ask for
  };
  ObjectName name, target;
  Written min_replicas;
  std::vector<Metric> metrics;
};

/// What KubeletConfiguration, kubeadm's ClusterConfiguration and KubeProxyConfiguration say of DNS and addresses.
struct ClusterSettings {
  std::vector<Written> dns_addresses;  ///< `clusterDNS`: whom pods ask
  std::vector<Written> domains;        ///< `clusterDomain`, `networking.dnsDomain`
  std::vector<Written> services;       ///< `networking.serviceSubnet`: where Services have their addresses
  std::vector<Written> pods;           ///< `networking.podSubnet`, `clusterCIDR`
  std::optional<Written> resolv_conf;  ///< `resolvConf`: the file of pods with `dnsPolicy: Default`; it may be empty
  Written image_tag;                   ///< `dns.imageTag`
  bool own_registry = false;           ///< `imageRepository` of all images, or of that of DNS
  Written kubernetes;                  ///< `kubernetesVersion`
};

/// What the ConfigMap `kube-dns` says of other resolvers, which kube-dns and node-local-dns read and CoreDNS does not.
struct KubeDnsSetting {
  ObjectName name;   ///< of the ConfigMap
  Written key;       ///< `stubDomains`, `upstreamNameservers`
  bool json = true;  ///< it has the form of one
  std::vector<Written> servers;
};

/// A ConfigMap that kustomize makes of files.
struct GeneratedMap {
  struct File {
    std::string key, path;  ///< the path beside the kustomization
  };
  ObjectName name;
  std::vector<File> files;
  bool hashed = false;  ///< its name gets a hash behind it, and nothing but the kustomization's own objects is told
};

/// The files that docker compose reads, in its order (compose-spec/compose-go, cli/options.go).
inline constexpr std::array<std::string_view, 4> compose_files{"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"};

/// A container that docker compose starts with an image of CoreDNS.
struct ComposeService {
  struct Volume {
    std::string source, target;  ///< as they are written
    Span span{};
  };
  struct Published {
    std::string port;      ///< inside the container
    std::string protocol;  ///< `tcp` or `udp`
    Span span{};
  };
  std::string name;
  Written image;
  bool host_network = false;
  bool own_address = false;  ///< one that the file gives it
  bool joined = false;       ///< another container lives in its network
  bool open = false;         ///< its program or its files come from elsewhere, too
  std::vector<Written> arguments;
  std::vector<Volume> volumes;
  std::vector<Published> ports;
  std::map<std::string, std::optional<std::string>, std::less<>> environment;  ///< none: the value comes from elsewhere
  bool environment_known = false;                                              ///< it is given here, and no file brings more
  std::vector<Written> dns;                                                    ///< whom the container asks
  std::vector<std::string> addresses;                                          ///< its own, those of `own_address`
  std::vector<Written> dropped, added;                                         ///< capabilities
};

/// Values of the chart coredns/coredns beside its `servers`.
struct ChartValues {
  std::string object;                      ///< as the rendered Corefile's
  std::uint32_t document = 0;              ///< the same
  bool liveness = true, readiness = true;  ///< its probes, which ask `health` and `ready`
  Written cluster_ip;
  std::vector<Written> glued;  ///< the last zone of servers without `port`, to which the template glues the `{`
};

/// Settings of external-dns that tell where it writes for CoreDNS.
struct ExternalDns {
  ObjectName name;
  Written provider;
  std::optional<Written> prefix;  ///< `--coredns-prefix`
};

/// The objects of one cluster that have to do with its DNS.
struct Bundle {
  std::vector<Workload> workloads;
  std::vector<ServiceAccount> accounts;
  std::vector<Service> services;
  std::vector<AccessRole> roles;
  std::vector<Binding> bindings;
  std::vector<NetworkPolicy> policies;
  std::vector<DisruptionBudget> budgets;
  std::vector<Autoscaler> autoscalers;
  ClusterSettings settings;
  std::vector<GeneratedMap> generated;
  std::vector<ComposeService> compose;
  std::vector<ExternalDns> external_dns;
  std::vector<KubeDnsSetting> kube_dns;
  std::vector<ChartValues> charts;
};

}  // namespace corefile
