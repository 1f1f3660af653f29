// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <map>

#include "manifest/manifest.hpp"
#include "manifest/names.hpp"
#include "manifest/scalar.hpp"
#include "manifest/tree.hpp"

namespace corefile::manifest_detail {

class Rendering;

/// Finds ConfigMaps in one document after the other, and what of them is a Corefile.
class ObjectReader {
 public:
  ObjectReader(const Source& file, Manifest& out) : file_(file), out_(out) {}
  void read(const Tree& tree, std::uint32_t document);
  /// One fault of kind `templated` a file.
  void say_templated(std::string_view language, Span word, const std::string& object, bool live = false);

 private:
  struct Pair {
    Index key;
    Index value;
  };
  struct ConfigMap {
    std::string object;
    std::string_view name;
    std::string_view name_space;
    Known known = Known::no;
    bool live = false;  ///< out of a cluster: it has a `resourceVersion` or `uid`
    const Platform* platform = nullptr;
  };

  void object(Index node, int depth);
  void config_map(Index node, const std::vector<Pair>& fields);
  /// What was to be `coredns-custom`, whatever it is called.
  bool holds_parts(Index data);
  /// Whose marks, or whose name, the object has.
  const Platform* owner(const ConfigMap& map, const std::vector<Pair>& about);
  void ignores(Index node, const std::vector<Pair>& about);
  void other_text(const ConfigMap& map, Pair entry);
  /// A text under a key, without its role.
  Embedded embedded(const ConfigMap& map, Pair entry, Scalar scalar) const;
  bool around(std::string_view kind, const std::vector<Pair>& fields);
  bool settings(std::string_view kind, Index node);
  bool compose_file(std::string_view kind, const std::vector<Pair>& fields);
  ComposeService compose_service(Pair service, Index configs);
  void compose_volumes(Index service, ComposeService& out);
  void compose_configs(Index service, Index configs, ComposeService& out);
  void compose_environment(Index service, ComposeService& out);
  void external_dns(const Workload& workload);
  bool kustomization(Index node, const std::vector<Pair>& fields);
  /// A key that an operation of RFC 6902 writes.
  bool operation(const std::vector<Pair>& fields);
  /// Texts that were found since, as keys of the ConfigMap that the patch is for.
  void name_patched(Index target, std::size_t since);
  /// `KEY=TEXT`.
  void literals(Index generator, const ObjectName& name);
  /// Whether kustomize adds a hash to the name, and whether all who may be told of it are in this file.
  bool hashed(Index node, Index generator);
  /// What kustomize makes of files for CoreDNS has no key `Corefile`.
  void generated_key_missing(Index generator, const GeneratedMap& map);
  /// Settings in the text under a key, as kubeadm keeps them.
  void kept_settings(Index data);
  void kube_dns(const ConfigMap& map, Index name, Index data);
  std::vector<Written> servers_of(const Tree& tree);
  Written written(Index node);
  std::vector<Written> all_written(Index node);
  Security security(Index context);
  ObjectName object_name(std::string_view kind, const std::vector<Pair>& fields);
  void workload(ObjectName name, Index spec);
  void account(ObjectName name, Index token);
  Container container(Index node);
  Volume volume(Index node);
  std::vector<VolumeItem> items(Index node);
  void service(ObjectName name, Index spec);
  void access_role(ObjectName name, const std::vector<Pair>& fields);
  void network_policy(ObjectName name, Index spec);
  std::vector<PolicyRule> policy_rules(Index list_of_rules);
  PodSelector pod_selector(Index selector);
  void disruption_budget(ObjectName name, Index spec);
  void autoscaler(ObjectName name, Index spec);
  void binding(ObjectName name, const std::vector<Pair>& fields);
  bool values(Index node, const std::vector<Pair>& fields);
  void chart(Index values, std::string_view object);
  /// k3s-io/helm-controller gives a HelmChartConfig's values to the HelmChart of its name and namespace.
  void chart_unread(Index metadata);
  bool chart_servers(Index values, std::string_view object);
  bool chart_server(Index server, bool rke2, Rendering& out);
  /// `extraConfig`: lines in front of the server blocks.
  void chart_lines(Index extra, Rendering& out);
  bool chart_plugin(Index plugin, bool rke2, Rendering& out);
  void chart_lists(Index plugin, std::string_view object);
  void chart_values(Index values, std::string_view object);
  /// A text in the file that is YAML itself. False: it is none.
  bool nested(Index content, Embedded& outer, std::vector<Tree>& trees) const;
  void nested_values(Index content, const std::string& object);
  /// A text that is a manifest itself, if it holds a ConfigMap.
  void nested_manifests(Index content);
  void nested_text(Index content);
  /// A text that another program's configuration puts at `path`, if it is a Corefile or holds manifests. `dollars`: that program fills in
  /// `$NAME`.
  bool written_text(std::string_view path, Pair entry, const std::string& object, bool dollars = false);
  bool written_file(Index file, const std::string& object);
  void secret(const std::vector<Pair>& fields);
  /// Lists of such files: cloud-init's, Butane's and Ignition's, Cluster API's.
  bool written_files(const std::vector<Pair>& fields);
  bool ansible(const std::vector<Pair>& fields);
  /// The Corefile that an installer is given, in a text of its own configuration.
  void kept_manifests(Index data);
  bool installer(std::string_view kind, const std::vector<Pair>& fields);
  void read_values(const Tree& tree, const std::string& object);
  Index at(Index node, std::initializer_list<std::string_view> path);
  std::vector<Index> list(Index node) const;
  std::vector<std::string> texts(Index node) const;
  LabelMap labels(Index node);
  void data(const ConfigMap& map, Pair field, bool has_binary);
  void missing(const ConfigMap& map, Index data_key, const std::vector<Pair>& entries);
  void corefile(const ConfigMap& map, Pair entry);
  void not_text(const ConfigMap& map, Pair entry, std::string_view what);
  void duplicates(const ConfigMap& map, Index node);
  /// The same object again, which takes the place of the one before.
  void twice(const ConfigMap& map, Index name);
  void templated_name(const ConfigMap& map, Index name);

  // A map's entries, the merged ones (`<<`) behind its own. Of duplicates the last counts, as for kubectl.
  std::vector<Pair> pairs(Index node, int depth = 0);
  void merge(Index from, int depth, std::vector<Pair>& out);
  static constexpr Pair absent{none, none};
  Pair find(const std::vector<Pair>& pairs, std::string_view key) const noexcept;
  std::string_view text(Index node) const noexcept { return node == none ? std::string_view() : tree_->text(tree_->resolved(node)); }
  bool is(Index node, Node::Kind kind) const noexcept { return node != none && tree_->nodes[tree_->resolved(node)].kind == kind; }
  bool has_text(Index node) const noexcept { return is(node, Node::Kind::scalar) && !text(node).empty(); }
  Scalar scalar(Index node) const;
  Span extent(Index node) const;
  /// From its first byte to the last one of what is in it.
  Span whole(Index node) const;

  const Source& file_;
  Manifest& out_;
  const Tree* tree_ = nullptr;
  std::uint32_t document_ = 0;
  std::vector<bool> seen_;             // nodes that were read as an object or a Corefile: aliases bring them again
  std::map<std::string, Span> names_;  // of the objects with Corefiles that were read
  std::uint32_t merged_ = 0;
  bool templated_ = false;
  bool nested_ = false;  // in a text of another document: no further texts are read
};

}  // namespace corefile::manifest_detail
