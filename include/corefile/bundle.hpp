// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <map>
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

struct Probe {
  std::string what;  ///< `livenessProbe`, `readinessProbe`, `startupProbe`
  std::string path;
  std::string port;  ///< a number, or the name of a container's port
  Span span{};       ///< the probe's key
};

struct Port {
  std::string name, protocol, port, target;
};

struct Mount {
  std::string volume, path, sub_path;
  Span span{};
};

struct Container {
  std::string name, image;
  std::vector<std::string> arguments;  ///< `command` and `args`
  std::vector<Port> ports;
  std::vector<Probe> probes;
  std::vector<Mount> mounts;
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
  std::vector<VolumeItem> items;
  Span span{};
};

/// A Deployment, a DaemonSet, a StatefulSet or a Pod.
struct Workload {
  ObjectName name;
  LabelMap labels;  ///< of its pods
  std::string account, dns_policy;
  bool host_network = false;
  std::vector<Container> containers;
  std::vector<Volume> volumes;
};

struct Service {
  ObjectName name;
  std::vector<std::string> addresses;
  LabelMap selector;
  std::vector<Port> ports;
};

struct Grant {
  std::vector<std::string> groups, resources, verbs;
  Span span{};
};
/// A ClusterRole or a Role.
struct AccessRole {
  ObjectName name;
  std::vector<Grant> grants;
};
/// A ClusterRoleBinding or a RoleBinding.
struct Binding {
  ObjectName name;
  std::string role_kind, role;
  std::vector<ObjectName> subjects;
};

/// The objects of one cluster that have to do with its DNS.
struct Bundle {
  std::vector<Workload> workloads;
  std::vector<Service> services;
  std::vector<AccessRole> roles;
  std::vector<Binding> bindings;
};

}  // namespace corefile
