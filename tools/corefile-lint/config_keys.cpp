// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "config.hpp"

namespace corefile::app {
namespace {

using Kind = ConfigKey::Kind;

constexpr std::array<std::string_view, 4> levels{"error", "warning", "info", "off"};
constexpr std::array<std::string_view, 4> thresholds{"error", "warning", "info", "never"};
constexpr std::array<std::string_view, 3> kinds{"auto", "corefile", "manifest"};
constexpr std::array<std::string_view, 5> roles{"standalone", "cluster", "node-local", "server", "override"};

constexpr ConfigKey coredns{"coredns", Kind::text, "The CoreDNS release, such as 1.11.3, or an image of it"};
constexpr ConfigKey kubernetes{"kubernetes", Kind::text,
                               "Instead of coredns: the Kubernetes release with which kubeadm installs it, such as 1.31"};
constexpr ConfigKey platform{"platform", Kind::text, "Whose CoreDNS it is, such as eks or k3s:v1.31.4, as --platform takes it"};
constexpr ConfigKey cluster_domain{"clusterDomain", Kind::text, "The cluster's domain, if it is not cluster.local"};
constexpr ConfigKey service_subnet{"serviceSubnet", Kind::text,
                                   "Where Services have their addresses, such as 10.96.0.0/12; one of each family with a comma"};
constexpr ConfigKey pod_subnet{"podSubnet", Kind::text, "Where pods have their addresses"};
constexpr ConfigKey resolv_conf{"resolvConf", Kind::text, "The node's own resolv.conf, a file beside this one"};
constexpr ConfigKey env{"env", Kind::map, "What variables such as {$NAME} stand for"};
constexpr ConfigKey plugins{"plugins", Kind::texts, "Plugins built into CoreDNS beside its own, by name or by a file that describes them"};
constexpr ConfigKey kind{"kind", Kind::text, "What the files are", kinds};
constexpr ConfigKey role{"role", Kind::text, "What a Corefile is to its cluster", roles};
constexpr ConfigKey select{"select", Kind::texts, "Only these rules or groups"};
constexpr ConfigKey ignore{"ignore", Kind::texts,
                           "Not these rules or groups; the most precise name wins, of equally precise ones the last"};
constexpr ConfigKey severity{"severity", Kind::map, "Other severities, by rule or group", levels};
constexpr ConfigKey fail_on{"failOn", Kind::text, "Findings from here on give exit code 1", thresholds};
constexpr ConfigKey suppressions{"suppressions", Kind::flag, "Whether comments and annotations may ignore findings"};
constexpr ConfigKey files{"files", Kind::texts, "Which files: patterns as in a .gitignore in this folder"};
constexpr ConfigKey extends{"extends", Kind::texts, "Configuration files whose values come before those here"};

constexpr std::array<ConfigKey, 17> per_path{files,      coredns,     kubernetes, platform, cluster_domain, service_subnet,
                                             pod_subnet, resolv_conf, env,        plugins,  kind,           role,
                                             select,     ignore,      severity,   fail_on,  suppressions};
constexpr ConfigKey paths{"paths", Kind::entries, "Values for some files alone", {}, per_path};

constexpr std::array<ConfigKey, 1> per_cluster{files};
constexpr ConfigKey clusters{"clusters", Kind::entries, "Manifests of one cluster each, wherever they lie", {}, per_cluster};

constexpr std::array<ConfigKey, 19> keys{extends,     coredns, kubernetes,   platform, cluster_domain, service_subnet, pod_subnet,
                                         resolv_conf, env,     plugins,      kind,     role,           select,         ignore,
                                         severity,    fail_on, suppressions, paths,    clusters};

}  // namespace

std::span<const ConfigKey> config_keys() noexcept { return keys; }

}  // namespace corefile::app
