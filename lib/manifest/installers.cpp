// SPDX-License-Identifier: Apache-2.0
#include "manifest/objects.hpp"

/// Configurations of programs that install clusters or write files, with a Corefile in them.
namespace corefile::manifest_detail {
namespace {

using View = std::string_view;

bool is_corefile_path(View path) {
  const View name = path.substr(path.rfind('/') + 1);
  return name == "Corefile" || name == "corefile";
}

}  // namespace

bool ObjectReader::written_text(View path, Pair entry, const std::string& object, bool dollars) {
  if (entry.value == none || !is(entry.value, Node::Kind::scalar)) return false;
  if (path.ends_with(".yaml") || path.ends_with(".yml")) {
    nested_manifests(entry.value);
    return true;
  }
  if (!is_corefile_path(path)) return false;
  ConfigMap map;
  map.object = object;
  const std::size_t before = out_.corefiles.size();
  corefile(map, entry);
  if (!dollars || out_.corefiles.size() == before) return true;
  Embedded& found = out_.corefiles.back();
  if (const std::size_t dollar = found.source.text().find('$'); dollar != View::npos) {
    const auto at = static_cast<std::uint32_t>(dollar);
    found.templated = true;
    say_templated("docker compose", found.outer({at, at + 1}), object);
  }
  return true;
}

bool ObjectReader::written_file(Index file, const std::string& object) {
  if (!is(file, Node::Kind::map)) return false;
  const std::vector<Pair> fields = pairs(file);
  const View encoding = text(find(fields, "encoding").value);
  if (!encoding.empty() && encoding != "text/plain") return false;
  const View path = text(find(fields, "path").value);
  const Pair content = find(fields, "content");
  const Pair contents = find(fields, "contents");
  if (is(contents.value, Node::Kind::map)) return written_text(path, find(pairs(contents.value), "inline"), object);
  return written_text(path, content.key == none ? contents : content, object);
}

bool ObjectReader::written_files(const std::vector<Pair>& fields) {
  bool found = false;
  const auto look = [&](Index files, const std::string& object) {
    for (const Index file : list(files)) found = written_file(file, object) || found;
  };
  look(find(fields, "write_files").value, "write_files");               // cloud-init
  look(at(find(fields, "storage").value, {"files"}), "storage.files");  // Butane
  look(at(find(fields, "machine").value, {"files"}), "machine.files");  // Talos
  const Index spec = find(fields, "spec").value;
  look(at(spec, {"files"}), "spec.files");  // Cluster API: KubeadmConfig and others
  look(at(spec, {"kubeadmConfigSpec", "files"}), "spec.kubeadmConfigSpec.files");
  look(at(spec, {"template", "spec", "files"}), "spec.template.spec.files");
  return found;
}

/// Plays with tasks, and tasks whose module is given an object, or a file's text.
bool ObjectReader::ansible(const std::vector<Pair>& fields) {
  bool tasks = false;
  for (const View key : {View("tasks"), View("pre_tasks"), View("post_tasks"), View("block")}) {
    const Index list = find(fields, key).value;
    if (!is(list, Node::Kind::sequence)) continue;
    object(list, 1);
    tasks = true;
  }
  for (const Pair field : fields) {
    if (!is(field.value, Node::Kind::map)) continue;
    const std::vector<Pair> arguments = pairs(field.value);
    for (const View key : {View("definition"), View("resource_definition")}) {
      const Index defined = find(arguments, key).value;
      if (!is(defined, Node::Kind::map) || at(defined, {"kind"}) == none) continue;
      object(defined, 1);
      tasks = true;
    }
    if (const Pair dest = find(arguments, "dest"); dest.key != none) {
      tasks = written_text(text(dest.value), find(arguments, "content"), std::string(text(field.key))) || tasks;
    }
  }
  return tasks;
}

/// Cluster API, ClusterResourceSet: what its ConfigMaps and Secrets hold is applied in the clusters that it makes.
void ObjectReader::kept_manifests(Index data) {
  if (!is(data, Node::Kind::map)) return;
  for (const Pair entry : pairs(data)) {
    const View key = text(entry.key);
    if (key.ends_with(".yaml") || key.ends_with(".yml")) nested_manifests(entry.value);
  }
}

void ObjectReader::secret(const std::vector<Pair>& fields) {
  const Index data = find(fields, "stringData").value;
  if (!is(data, Node::Kind::map)) return;
  const Pair entry = find(pairs(data), "Corefile");
  if (entry.key == none) return kept_manifests(data);
  const ObjectName name = object_name("Secret", fields);
  ConfigMap map;
  map.object = "Secret " + name.name_space + (name.name_space.empty() ? "" : "/") + name.name;
  corefile(map, entry);
}

bool ObjectReader::installer(View kind, const std::vector<Pair>& fields) {
  const auto corefile_of = [&](Index parent, View key, const std::string& object) {
    if (parent == none || !is(parent, Node::Kind::map)) return;
    const Pair entry = find(pairs(parent), key);
    if (entry.key == none || !is(entry.value, Node::Kind::scalar)) return;
    ConfigMap map;
    map.object = object;
    corefile(map, entry);
    if (!out_.corefiles.empty() && out_.corefiles.back().object == object) out_.corefiles.back().role = Role::cluster;
  };
  if (kind.empty() && ansible(fields)) return true;
  const Index spec = find(fields, "spec").value;
  if (kind == "Secret") {
    secret(fields);
  } else if (kind == "Cluster" && at(spec, {"kubeDNS", "externalCoreFile"}) != none) {  // kops.k8s.io
    corefile_of(at(spec, {"kubeDNS"}), "externalCoreFile", "Cluster");
  } else if (kind == "ClusterConfig") {  // eksctl.io: the add-on's values, in YAML or JSON
    for (const Index addon : list(find(fields, "addons").value)) {
      if (text(at(addon, {"name"})) == "coredns") nested_text(at(addon, {"configurationValues"}));
    }
  } else if (kind.empty() && at(find(fields, "cluster").value, {"inlineManifests"}) != none) {  // Talos
    for (const Index one : list(at(find(fields, "cluster").value, {"inlineManifests"}))) nested_manifests(at(one, {"contents"}));
  } else if (kind.empty() && find(fields, "nodes").key != none && has_text(find(fields, "addons").value)) {  // RKE
    nested_manifests(find(fields, "addons").value);
  } else {
    return (kind.empty() || kind.starts_with("Kubeadm")) && written_files(fields);
  }
  return true;
}

}  // namespace corefile::manifest_detail
