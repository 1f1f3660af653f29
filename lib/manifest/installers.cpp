// SPDX-License-Identifier: Apache-2.0
#include "manifest/objects.hpp"

/// Configurations of programs that install clusters, with a Corefile in them.
namespace corefile::manifest_detail {

bool ObjectReader::installer(std::string_view kind, const std::vector<Pair>& fields) {
  const auto corefile_of = [&](Index parent, std::string_view key, const std::string& object) {
    if (parent == none || !is(parent, Node::Kind::map)) return;
    const Pair entry = find(pairs(parent), key);
    if (entry.key == none || !is(entry.value, Node::Kind::scalar)) return;
    ConfigMap map;
    map.object = object;
    corefile(map, entry);
    if (!out_.corefiles.empty() && out_.corefiles.back().object == object) out_.corefiles.back().role = Role::cluster;
  };
  if (kind.empty()) {  // Ansible: plays with tasks, and tasks whose module is given an object
    bool tasks = false;
    for (const std::string_view key : {"tasks", "pre_tasks", "post_tasks", "block"}) {
      const Index list = find(fields, key).value;
      if (!is(list, Node::Kind::sequence)) continue;
      object(list, 1);
      tasks = true;
    }
    for (const Pair field : fields) {
      if (!is(field.value, Node::Kind::map)) continue;
      for (const std::string_view key : {"definition", "resource_definition"}) {
        const Index defined = at(field.value, {key});
        if (!is(defined, Node::Kind::map) || at(defined, {"kind"}) == none) continue;
        object(defined, 1);
        tasks = true;
      }
    }
    if (tasks) return true;
  }
  const Index spec = find(fields, "spec").value;
  if (kind == "Cluster" && at(spec, {"kubeDNS", "externalCoreFile"}) != none) {  // kops.k8s.io
    corefile_of(at(spec, {"kubeDNS"}), "externalCoreFile", "Cluster");
  } else if (kind == "ClusterConfig") {  // eksctl.io: the add-on's values, in YAML or JSON
    for (const Index addon : list(find(fields, "addons").value)) {
      if (text(at(addon, {"name"})) == "coredns") nested_text(at(addon, {"configurationValues"}));
    }
  } else if (kind.empty() && at(find(fields, "cluster").value, {"inlineManifests"}) != none) {  // Talos
    for (const Index one : list(at(find(fields, "cluster").value, {"inlineManifests"}))) nested_manifests(at(one, {"contents"}));
  } else {
    return false;
  }
  return true;
}

}  // namespace corefile::manifest_detail
