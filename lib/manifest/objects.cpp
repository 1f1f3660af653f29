// SPDX-License-Identifier: Apache-2.0
#include "manifest/objects.hpp"

#include <algorithm>
#include <corefile/plugin.hpp>
#include <map>
#include <utility>

#include "manifest/plain.hpp"
#include "manifest/scalar.hpp"
#include "manifest/template.hpp"

namespace corefile::manifest_detail {
namespace {

constexpr int max_list_depth = 8;
constexpr int max_merge_depth = 8;
constexpr std::uint32_t max_merged = 100'000;  // entries that `<<` may bring, a file

/// A line of it begins with a plugin that no other program's configuration has a word for.
bool names_plugins(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    const Plugin plugin = parse_plugin(line.substr(0, line.find_first_of(blanks)));
    if (plugin == Plugin::forward || plugin == Plugin::hosts || plugin == Plugin::kubernetes || plugin == Plugin::errors) return true;
  }
  return false;
}

}  // namespace

void ObjectReader::read(const Tree& tree, std::uint32_t document) {
  tree_ = &tree;
  document_ = document;
  seen_.assign(tree.nodes.size(), false);
  if (!tree.nodes.empty()) object(0, 0);
}

void ObjectReader::object(Index node, int depth) {
  node = tree_->resolved(node);
  if (depth > max_list_depth || seen_[node]) return;
  seen_[node] = true;
  if (tree_->nodes[node].kind == Node::Kind::sequence) {
    for (Index item = tree_->nodes[node].first; item != none; item = tree_->nodes[item].next) object(item, depth + 1);
    return;
  }
  if (tree_->nodes[node].kind != Node::Kind::map) return;
  const std::vector<Pair> fields = pairs(node);
  const Pair kind = find(fields, "kind");
  if (text(kind.value).ends_with("List")) {
    const Pair items = find(fields, "items");
    if (is(items.value, Node::Kind::sequence)) object(items.value, depth + 1);
  } else if (around(text(kind.value), fields) || settings(text(kind.value), node) || values(node, fields) ||
             installer(text(kind.value), fields) || kustomization(node, fields) || compose_file(text(kind.value), fields)) {
    return;
  } else if (kind.key == none && operation(fields)) {
    return;
  } else if (text(kind.value) == "ConfigMap" || kind.key == none) {
    config_map(node, fields);
  }
}

bool ObjectReader::holds_parts(Index data) {
  if (!is(data, Node::Kind::map)) return false;
  const std::vector<Pair> entries = pairs(data);
  return std::any_of(entries.begin(), entries.end(), [this](Pair entry) {
    const std::string_view key = text(entry.key);
    return (key.ends_with(".server") || key.ends_with(".override")) && names_plugins(text(entry.value));
  });
}

void ObjectReader::config_map(Index node, const std::vector<Pair>& fields) {
  ConfigMap map;
  Index name = none;
  if (const Pair metadata = find(fields, "metadata"); is(metadata.value, Node::Kind::map)) {
    const std::vector<Pair> about = pairs(metadata.value);
    name = find(about, "name").value;
    map.name = text(name);
    map.name_space = text(find(about, "namespace").value);
  }
  if (find(fields, "kind").key != none) map.known = known_name(map.name);
  if (const Pair metadata = find(fields, "metadata"); is(metadata.value, Node::Kind::map)) {
    const std::vector<Pair> about = pairs(metadata.value);
    map.live = find(about, "resourceVersion").key != none || find(about, "uid").key != none;
  }
  map.object = "ConfigMap";
  if (!map.name.empty()) map.object.append(" ").append(map.name_space).append(map.name_space.empty() ? "" : "/").append(map.name);

  const Pair data_field = find(fields, "data");
  const Pair binary_field = find(fields, "binaryData");
  const auto corefile_in = [this](Pair field) { return is(field.value, Node::Kind::map) ? find(pairs(field.value), "Corefile") : absent; };
  const Pair binary = corefile_in(binary_field);
  if (map.known == Known::no && map.name_space == "kube-system" && holds_parts(data_field.value)) map.known = Known::custom;
  Pair bare = find(fields, "Corefile");
  // Amazon EKS's add-on takes it in small letters.
  if (const Pair addon = find(fields, "corefile"); bare.key == none && text(addon.value).find('{') != std::string_view::npos) bare = addon;
  if (is(bare.value, Node::Kind::scalar) && find(fields, "kind").key == none) {  // a part of a manifest
    corefile(map, bare);
    if (text(bare.key) == "corefile" && !out_.corefiles.empty()) out_.corefiles.back().role = Role::cluster;
    return;
  }
  if (map.known == Known::no && binary.key == none && corefile_in(data_field).key == none) {
    if (map.name == "kube-dns") kube_dns(map, name, data_field.value);
    if (map.name.starts_with("kube")) kept_settings(data_field.value);
    return kept_manifests(data_field.value);
  }
  const bool cluster = map.known == Known::coredns || map.known == Known::custom;
  if (const Pair metadata = find(fields, "metadata"); cluster && is(metadata.value, Node::Kind::map)) {
    map.platform = owner(map, pairs(metadata.value));
  }
  if (const Pair metadata = find(fields, "metadata"); is(metadata.value, Node::Kind::map)) ignores(node, pairs(metadata.value));
  duplicates(map, node);
  twice(map, name);
  templated_name(map, name);
  if (binary.key != none) {
    out_.faults.push_back({ManifestFault::Kind::binary_data, extent(binary.key), {}, map.object, "Corefile", {}});
  }
  if (is(data_field.value, Node::Kind::sequence) && is_unmistakable(map.name)) {
    return out_.faults.push_back({ManifestFault::Kind::value_not_text, extent(data_field.key), {}, map.object, "data", "a list"});
  }
  if (data_field.key != none) return data(map, data_field, binary.key != none);
  if (binary_field.key != none || !is_unmistakable(map.name)) return;
  for (const Pair other : {find(fields, "stringData"), find(fields, "spec")}) {
    if (corefile_in(other).key == none && !is(at(other.value, {"data"}), Node::Kind::map)) continue;
    out_.faults.push_back(
        {ManifestFault::Kind::corefile_missing, extent(other.key), {}, map.object, std::string(text(other.key)), "data:"});
  }
}

void ObjectReader::data(const ConfigMap& map, Pair field, bool has_binary) {
  std::vector<Pair> entries;
  if (is(field.value, Node::Kind::map)) {
    entries = pairs(field.value);
    duplicates(map, tree_->resolved(field.value));
  }
  bool found = false;
  for (const Pair entry : entries) {
    if (!is_corefile_key(map.known, text(entry.key))) {
      other_text(map, entry);
      continue;
    }
    found = true;
    corefile(map, entry);
  }
  if (!found && !has_binary && map.known != Known::no) missing(map, field.key, entries);
}

void ObjectReader::missing(const ConfigMap& map, Index data_key, const std::vector<Pair>& entries) {
  const bool custom = map.known == Known::custom;
  const auto near_miss = std::find_if(entries.begin(), entries.end(), [&](Pair entry) {
    return custom ? !text(entry.key).ends_with(".include") : is_near_miss(text(entry.key));
  });
  const bool near = near_miss != entries.end();
  // An empty coredns-custom is what clouds put there to be filled in.
  if (custom ? !(near && is_unmistakable(map.name)) : !(near || is_unmistakable(map.name))) return;
  ManifestFault fault{ManifestFault::Kind::corefile_missing, extent(near ? near_miss->key : data_key), {}, map.object, {}, {}};
  if (near) fault.subject = text(near_miss->key);
  out_.faults.push_back(std::move(fault));
}

void ObjectReader::corefile(const ConfigMap& map, Pair entry) {
  const Index value = tree_->resolved(entry.value);
  const Node& node = tree_->nodes[value];
  if (seen_[value]) return;
  seen_[value] = true;
  if (const std::string_view what = not_text_because(node, tree_->text(value)); !what.empty()) return not_text(map, entry, what);
  if (node.tag == Node::Tag::other) return;  // `!vault` and its like: for another program
  if (node.tag == Node::Tag::binary) {
    out_.faults.push_back({ManifestFault::Kind::binary_data, extent(entry.key), {}, map.object, std::string(text(entry.key)), {}});
    return;
  }
  Scalar read = scalar(value);
  const ScalarStyle style = read.style;
  const bool folded = read.folded;
  Embedded found = embedded(map, entry, std::move(read));
  found.role = role_of(map.name, map.name_space, text(entry.key));
  if (const auto word = find_template(
          found.source.text(), {.node_local = found.role == Role::node_local, .manifest = map.live ? std::string_view() : file_.text()})) {
    found.templated = !map.live;
    say_templated(word->language, found.outer(word->span), map.object, map.live);
  }
  // A text with line ends of its own has others folded only where a program wrapped it.
  const bool quoted = style == ScalarStyle::single_quoted || style == ScalarStyle::double_quoted;
  if (folded && !(quoted && found.source.text().find('\n') != std::string_view::npos)) {
    out_.faults.push_back({ManifestFault::Kind::lines_folded, found.key_span, {}, map.object, found.key, {}});
  }
  out_.corefiles.push_back(std::move(found));
}

Embedded ObjectReader::embedded(const ConfigMap& map, Pair entry, Scalar scalar) const {
  Embedded found;
  found.source = Source(file_.name(), std::move(scalar.text));
  found.map = std::move(scalar.map);
  found.style = scalar.style;
  found.indent = scalar.indent;
  found.object = map.object;
  found.key = text(entry.key);
  found.document = document_;
  found.key_span = extent(entry.key);
  found.name_space = map.name_space;
  found.name = map.name;
  found.platform = map.platform;
  return found;
}

void ObjectReader::other_text(const ConfigMap& map, Pair entry) {
  if (entry.value == none) return;
  const Index value = tree_->resolved(entry.value);
  const Node& node = tree_->nodes[value];
  if (seen_[value] || node.kind != Node::Kind::scalar || node.tag == Node::Tag::other || node.tag == Node::Tag::binary) return;
  seen_[value] = true;
  out_.texts.push_back(embedded(map, entry, scalar(value)));
}

void ObjectReader::not_text(const ConfigMap& map, Pair entry, std::string_view what) {
  const std::uint32_t at = tree_->nodes[tree_->resolved(entry.value)].at;
  if (is(entry.value, Node::Kind::map) && file_.text().substr(at).starts_with("{{")) {
    const std::size_t end = std::min(file_.text().find('\n', at), file_.text().size());
    const std::string_view line = file_.text().substr(at, end - at);
    const auto word = find_template_lines(line);
    const Span span = word ? word->span : Span{0, static_cast<std::uint32_t>(line.size())};
    return say_templated(word ? word->language : "Jinja", {at + span.begin, at + span.end}, map.object);
  }
  const bool scalar = is(entry.value, Node::Kind::scalar);
  out_.faults.push_back({ManifestFault::Kind::value_not_text,
                         extent(scalar ? tree_->resolved(entry.value) : entry.key),
                         {},
                         map.object,
                         std::string(text(entry.key)),
                         std::string(what)});
}

void ObjectReader::duplicates(const ConfigMap& map, Index node) {
  std::map<std::string_view, Index> keys;
  for (Index key = tree_->nodes[node].first; key != none; key = tree_->nodes[tree_->nodes[key].next].next) {
    if (tree_->nodes[key].next == none) return;
    if (!is(key, Node::Kind::scalar) || text(key) == "<<") continue;
    const auto [before, fresh] = keys.emplace(text(key), key);
    if (fresh) continue;
    out_.faults.push_back(
        {ManifestFault::Kind::duplicate_key, extent(key), extent(before->second), map.object, std::string(text(key)), {}});
    before->second = key;
  }
}

void ObjectReader::twice(const ConfigMap& map, Index name) {
  if (name == none || map.known == Known::no) return;
  const Span span = extent(name);
  const auto [before, fresh] = names_.emplace(map.object, span);
  if (fresh) return;
  out_.faults.push_back({ManifestFault::Kind::object_twice, span, before->second, map.object, {}, {}});
  before->second = span;
}

void ObjectReader::ignores(Index node, const std::vector<Pair>& about) {
  static constexpr std::string_view prefix = "ignore.corefile-lint.dev/";
  const Pair annotations = find(about, "annotations");
  if (!is(annotations.value, Node::Kind::map)) return;
  const std::string_view file = file_.text();
  for (const Pair entry : pairs(annotations.value)) {
    const std::string_view key = text(entry.key);
    if (!key.starts_with(prefix) || !is(entry.value, Node::Kind::scalar)) continue;
    IgnoreAnnotation found{std::string(key.substr(prefix.size())), std::string(text(entry.value)), extent(entry.key), {}, whole(node)};
    const std::size_t before = found.rule_span.begin == 0 ? file.npos : file.rfind('\n', found.rule_span.begin - 1);
    const std::size_t begin = before == file.npos ? 0 : before + 1;
    const std::size_t last = extent(entry.value).end;
    const std::size_t end = std::min(file.find('\n', last), file.size() - 1) + 1;
    const auto blank = [](std::string_view part) { return part.find_first_not_of(" \r\n") == std::string_view::npos; };
    if (blank(file.substr(begin, found.rule_span.begin - begin)) && blank(file.substr(last, end - std::min(last, end)))) {
      found.lines = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
    out_.ignores.push_back(std::move(found));
  }
}

Span ObjectReader::whole(Index node) const {
  // Nodes stand in the order of the text: those of a map end where the next one of its level begins.
  Index last = node;
  while (tree_->nodes[last].first != none) {
    last = tree_->nodes[last].first;
    while (tree_->nodes[last].next != none) last = tree_->nodes[last].next;
  }
  const Node& end = tree_->nodes[last];
  return {tree_->nodes[node].at, end.kind == Node::Kind::scalar ? scalar_extent(file_.text(), end.at, tree_->text(last)).end : end.at};
}

void ObjectReader::templated_name(const ConfigMap& map, Index name) {
  if (name == none || templated_) return;
  const std::uint32_t at = tree_->nodes[tree_->resolved(name)].at;
  const std::string_view line = file_.text().substr(at, std::min(file_.text().find('\n', at), file_.text().size()) - at);
  const auto word = is(name, Node::Kind::scalar) ? find_template(line) : find_template_lines(line);
  if (word) say_templated(word->language, {at + word->span.begin, at + word->span.end}, map.object);
}

void ObjectReader::say_templated(std::string_view language, Span word, const std::string& object, bool live) {
  if (std::exchange(templated_, true)) return;
  out_.faults.push_back({live ? ManifestFault::Kind::unfilled : ManifestFault::Kind::templated,
                         word,
                         {},
                         object,
                         std::string(language),
                         std::string(file_.text(word))});
}

std::vector<ObjectReader::Pair> ObjectReader::pairs(Index node, int depth) {
  std::vector<Pair> out;
  std::map<std::string_view, std::size_t> places;
  std::vector<Index> merged;
  for (Index key = tree_->nodes[tree_->resolved(node)].first; key != none; key = tree_->nodes[tree_->nodes[key].next].next) {
    const Index value = tree_->nodes[key].next;
    if (value == none) break;
    if (!is(key, Node::Kind::scalar)) continue;
    if (text(key) == "<<" && tree_->nodes[key].tag == Node::Tag::plain) {
      merged.push_back(value);
      continue;
    }
    const auto [place, fresh] = places.emplace(text(key), out.size());
    if (fresh) {
      out.push_back({key, value});
    } else {
      out[place->second] = {key, value};
    }
  }
  std::vector<Pair> brought;
  for (const Index from : merged) merge(from, depth + 1, brought);
  for (const Pair pair : brought) {
    if (places.emplace(text(pair.key), out.size()).second) out.push_back(pair);
  }
  return out;
}

void ObjectReader::merge(Index from, int depth, std::vector<Pair>& out) {
  if (depth > max_merge_depth || ++merged_ > max_merged) return;
  if (is(from, Node::Kind::sequence)) {
    for (Index item = tree_->nodes[tree_->resolved(from)].first; item != none; item = tree_->nodes[item].next) merge(item, depth + 1, out);
  } else if (is(from, Node::Kind::map)) {
    const std::vector<Pair> entries = pairs(from, depth);
    merged_ += static_cast<std::uint32_t>(entries.size());
    out.insert(out.end(), entries.begin(), entries.end());
  }
}

ObjectReader::Pair ObjectReader::find(const std::vector<Pair>& pairs, std::string_view key) const noexcept {
  const auto found = std::find_if(pairs.begin(), pairs.end(), [&](Pair pair) { return text(pair.key) == key; });
  return found == pairs.end() ? absent : *found;
}

bool ObjectReader::nested(Index content, Embedded& outer, std::vector<Tree>& trees) const {
  if (!is(content, Node::Kind::scalar)) return false;
  Scalar read = scalar(content);
  outer.source = Source(file_.name(), std::move(read.text));
  outer.map = std::move(read.map);
  const std::string_view inside = outer.source.text();
  return !outer.map.empty() && !too_deep(inside) && !read_trees(inside, {0, static_cast<std::uint32_t>(inside.size())}, trees);
}

Scalar ObjectReader::scalar(Index node) const {
  node = tree_->resolved(node);
  return read_scalar(file_.text(), tree_->nodes[node].at, tree_->text(node));
}

Span ObjectReader::extent(Index node) const {
  node = tree_->resolved(node);
  return scalar_extent(file_.text(), tree_->nodes[node].at, tree_->text(node));
}

}  // namespace corefile::manifest_detail
