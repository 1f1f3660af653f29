// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/platform.hpp>
#include <iterator>
#include <utility>

#include "base/ascii.hpp"
#include "manifest/objects.hpp"
#include "manifest/scalar.hpp"
#include "manifest/template.hpp"

/// Values of the chart coredns/coredns, and the Corefile that its template makes of them (coredns/helm, charts/coredns,
/// templates/configmap.yaml).
namespace corefile::manifest_detail {
namespace {

using View = std::string_view;
constexpr View rke2_chart = "rke2-coredns";

}  // namespace

/// A text put together out of values, with the places they come from.
class Rendering {
 public:
  /// What the template writes itself stands for the value that it was written for.
  void add(View text, Span origin) {
    if (text.empty()) return;
    map_.push_back({static_cast<std::uint32_t>(text_.size()), origin, false});
    text_ += text;
  }
  void add(const Scalar& scalar) {
    const auto base = static_cast<std::uint32_t>(text_.size());
    for (Segment segment : scalar.map) {
      segment.inner += base;
      map_.push_back(segment);
    }
    if (scalar.map.empty() && !scalar.text.empty()) map_.push_back({base, scalar.outer, false});
    text_ += scalar.text;
  }
  bool ends_line() const noexcept { return text_.ends_with('\n'); }
  Embedded take(const std::string& name) && {
    Embedded out;
    out.source = Source(name, std::move(text_));
    out.map = std::move(map_);
    out.rendered = true;
    return out;
  }

 private:
  std::string text_;
  std::vector<Segment> map_;
};

namespace {

/// Places in a text that itself stands in a file, as places in that file.
std::vector<Segment> compose(const Embedded& inner, const Embedded& outer) {
  std::vector<Segment> out;
  for (std::size_t i = 0; i < inner.map.size(); ++i) {
    const Segment& segment = inner.map[i];
    if (!segment.verbatim) {
      out.push_back({segment.inner, outer.outer(segment.outer), false});
      continue;
    }
    for (std::uint32_t at = segment.outer.begin; at < segment.outer.end;) {
      const auto after =
          std::upper_bound(outer.map.begin(), outer.map.end(), at, [](std::uint32_t to, const Segment& run) { return to < run.inner; });
      const Segment& run = *std::prev(after);
      const std::uint32_t end = after == outer.map.end() ? segment.outer.end : std::min(segment.outer.end, after->inner);
      const std::uint32_t from = run.outer.begin + (at - run.inner);
      out.push_back({segment.inner + (at - segment.outer.begin), run.verbatim ? Span{from, from + (end - at)} : run.outer, run.verbatim});
      at = end;
    }
  }
  return out;
}

/// Comments made blank: the chart's own values have examples in theirs.
std::string without_comments(View yaml) {
  std::string out(yaml);
  for (std::size_t at = out.find('#'); at < out.size(); at = out.find('#', at)) {
    const bool comment = at == 0 || ascii::is_blank(out[at - 1]) || out[at - 1] == '\n';
    const std::size_t end = comment ? std::min(out.find('\n', at), out.size()) : at + 1;
    if (comment) std::fill(out.begin() + static_cast<std::ptrdiff_t>(at), out.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    at = end;
  }
  return out;
}

}  // namespace

bool ObjectReader::values(Index node, const std::vector<Pair>& fields) {
  const View kind = text(find(fields, "kind").value);
  const Index spec = find(fields, "spec").value;
  const std::string name(text(at(find(fields, "metadata").value, {"name"})));
  const std::string object = kind.empty() ? "Helm values" : std::string(kind) + (name.empty() ? "" : " ") + name;
  if (kind == "HelmRelease") {
    chart(at(spec, {"values"}), object);
  } else if (kind == "HelmChartConfig" || kind == "HelmChart") {
    const std::size_t before = out_.corefiles.size();
    nested_values(at(spec, {"valuesContent"}), object);
    if (kind == "HelmChartConfig" && out_.corefiles.size() > before) chart_unread(find(fields, "metadata").value);
  } else if (kind == "Application") {
    std::vector<Index> sources = list(at(spec, {"sources"}));
    sources.push_back(at(spec, {"source"}));
    for (const Index source : sources) {
      chart(at(source, {"helm", "valuesObject"}), object);
      nested_values(at(source, {"helm", "values"}), object);
    }
  } else if (kind.empty() && find(fields, "servers").key != none) {
    return chart_servers(node, object);
  } else if (kind.empty() && find(fields, "Corefile").key == none && find(fields, "data").key == none) {
    for (const View chart : {View("coredns"), rke2_chart}) {
      const Index own = find(fields, chart).value;
      if (own != none && chart_servers(own, chart == rke2_chart ? chart : View(object))) return true;
    }
    return false;
  } else {
    return false;
  }
  return true;
}

void ObjectReader::chart_unread(Index metadata) {
  const Index name = at(metadata, {"name"});
  if (name == none) return;
  const Index name_space = at(metadata, {"namespace"});
  const std::string object = "HelmChartConfig " + std::string(text(name));
  if (text(name) == rke2_chart && has_text(name_space) && text(name_space) != "kube-system") {
    out_.faults.push_back({ManifestFault::Kind::chart_unread,
                           extent(name_space),
                           {},
                           object,
                           "namespace: kube-system",
                           "the chart `rke2-coredns` is in `kube-system`"});
  } else if (text(name) == "coredns") {
    out_.faults.push_back({ManifestFault::Kind::chart_unread,
                           extent(name),
                           {},
                           object,
                           "name: rke2-coredns",
                           "RKE2's chart is called `rke2-coredns`, and k3s does not install CoreDNS as a chart"});
  }
}

void ObjectReader::chart(Index values, View object) {
  for (const Index own : {values, at(values, {"coredns"}), at(values, {rke2_chart})}) {
    if (own != none && chart_servers(own, object)) return;
  }
}

// True where it is a cluster's: the plugin is `kubernetes`. RKE2's chart writes the cluster's domain in front of what that is given
// (rancher/rke2-charts, packages/rke2-coredns).
bool ObjectReader::chart_plugin(Index plugin, bool rke2, Rendering& out) {
  const Index name = at(plugin, {"name"});
  if (!has_text(name)) return false;
  const Span here = extent(name);
  out.add("    ", here);
  out.add(scalar(name));
  if (const Index parameters = at(plugin, {"parameters"}); has_text(parameters)) {
    const bool adds_domain = rke2 && text(name) == "kubernetes" && text(parameters).find("arpa") < text(parameters).find(' ');
    out.add(adds_domain ? " cluster.local " : " ", here);
    out.add(scalar(parameters));
  }
  if (const Index block = at(plugin, {"configBlock"}); has_text(block)) {
    out.add(" {\n", here);
    out.add(scalar(block));
    out.add(out.ends_line() ? "    }" : "\n    }", here);
  }
  out.add("\n", here);
  return text(name) == "kubernetes";
}

/// What the template prints must be text: `indent` of a list ends the installation.
void ObjectReader::chart_lists(Index plugin, View object) {
  for (const Pair entry : pairs(plugin)) {
    const bool wanted = text(entry.key) == "configBlock" || text(entry.key) == "parameters";
    if (!wanted || is(entry.value, Node::Kind::scalar) || entry.value == none) continue;
    out_.faults.push_back({ManifestFault::Kind::value_not_text,
                           extent(entry.key),
                           {},
                           std::string(object),
                           std::string(text(entry.key)),
                           is(entry.value, Node::Kind::sequence) ? "a list" : "a map"});
  }
}

void ObjectReader::chart_values(Index values, View object) {
  ChartValues out;
  out.object = object;
  out.document = document_;
  out.liveness = text(at(values, {"livenessProbe", "enabled"})) != "false";
  out.readiness = text(at(values, {"readinessProbe", "enabled"})) != "false";
  out.cluster_ip = written(at(values, {"service", "clusterIP"}));
  for (const Index server : list(at(values, {"servers"}))) {
    if (!is(server, Node::Kind::map) || has_text(at(server, {"port"}))) continue;
    const std::vector<Index> zones = list(at(server, {"zones"}));
    const Index zone = zones.empty() ? none : at(zones.back(), {"zone"});
    const Span here{tree_->nodes[server].at, tree_->nodes[server].at + 1};
    out.glued.push_back(zone != none && has_text(zone) ? written(zone) : Written{".", here});
  }
  out_.bundle.charts.push_back(std::move(out));
}

bool ObjectReader::chart_server(Index server, bool rke2, Rendering& out) {
  const Span origin{tree_->nodes[server].at, tree_->nodes[server].at + 1};
  const std::vector<Index> zones = list(at(server, {"zones"}));
  if (zones.empty()) out.add(".", origin);
  for (const Index zone : zones) {
    if (zone != zones.front()) out.add(" ", origin);
    if (const Index scheme = at(zone, {"scheme"}); has_text(scheme)) out.add(scalar(scheme));
    const Index name = at(zone, {"zone"});
    if (has_text(name)) out.add(scalar(name));
    if (!has_text(name)) out.add(".", origin);
  }
  if (const Index port = at(server, {"port"}); has_text(port)) {
    out.add(":", extent(port));
    out.add(scalar(port));
  }
  out.add(" {\n", origin);
  bool cluster = false;
  for (const Index plugin : list(at(server, {"plugins"}))) cluster = chart_plugin(plugin, rke2, out) || cluster;
  out.add("}\n", origin);
  return cluster;
}

void ObjectReader::chart_lines(Index extra, Rendering& out) {
  for (const Pair line : pairs(extra)) {
    if (!is(line.key, Node::Kind::scalar)) continue;
    const Span origin = extent(line.key);
    out.add(scalar(line.key));
    if (const Index words = at(line.value, {"parameters"}); has_text(words)) {
      out.add(" ", origin);
      out.add(scalar(words));
    }
    out.add("\n", origin);
  }
}

bool ObjectReader::chart_servers(Index values, View object) {
  const Index servers = at(values, {"servers"});
  const Index zone_files = at(values, {"zoneFiles"});
  const std::vector<Index> all = list(servers);
  const auto of_chart = [this](Index server) { return is(at(server, {"plugins"}), Node::Kind::sequence); };
  if (all.empty() || std::none_of(all.begin(), all.end(), of_chart)) return false;
  ConfigMap values_of;
  values_of.object = object;
  const auto unique = [&](Index node) {
    const std::size_t before = out_.faults.size();
    duplicates(values_of, tree_->resolved(node));
    for (std::size_t i = before; i < out_.faults.size(); ++i) out_.faults[i].detail = "Helm";
  };
  if (is(values, Node::Kind::map)) unique(values);
  for (const Index server : all) {
    if (!is(server, Node::Kind::map)) continue;
    unique(server);
    for (const Index plugin : list(at(server, {"plugins"}))) {
      if (!is(plugin, Node::Kind::map)) continue;
      unique(plugin);
      chart_lists(plugin, object);
    }
  }
  Rendering out;
  const bool rke2 = object.find(rke2_chart) != View::npos;
  bool cluster = rke2;  // it is the cluster's DNS by its name
  if (const Index extra = at(values, {"extraConfig"}); is(extra, Node::Kind::map)) chart_lines(extra, out);
  for (const Index server : all) cluster = chart_server(server, rke2, out) || cluster;
  Embedded found = std::move(out).take(file_.name());
  const std::uint32_t begin = tree_->nodes[0].at;
  const View document = file_.text().substr(begin, file_.text().find("\n---", begin) - begin);
  if (const auto word = find_template(without_comments(document))) {
    found.templated = true;
    say_templated(word->language, {begin + word->span.begin, begin + word->span.end}, std::string(object));
  }
  // A list where text is wanted is the cause of all that could be said.
  found.templated = found.templated || std::any_of(out_.faults.begin(), out_.faults.end(), [&](const ManifestFault& fault) {
                      return fault.kind == ManifestFault::Kind::value_not_text && fault.object == object;
                    });
  found.role = cluster ? Role::cluster : Role::other_configmap;
  for (const Platform& platform : known_platforms()) {
    if (rke2 && platform.name == "rke2") found.platform = &platform;
  }
  found.object = object;
  found.key = "servers";
  found.document = document_;
  found.key_span = Span{tree_->nodes[tree_->resolved(servers)].at, tree_->nodes[tree_->resolved(servers)].at + 1};
  out_.corefiles.push_back(std::move(found));
  chart_values(values, object);
  // The chart mounts them beside the Corefile.
  for (const Index file : list(zone_files)) {
    ConfigMap map;
    map.object = object;
    const Index name = at(file, {"filename"});
    if (has_text(name)) other_text(map, {name, at(file, {"contents"})});
  }
  return true;
}

void ObjectReader::nested_values(Index content, const std::string& object) {
  Embedded outer;
  std::vector<Tree> trees;
  if (!nested(content, outer, trees)) return;
  Manifest inside;
  ObjectReader reader(outer.source, inside);
  for (const Tree& tree : trees) reader.read_values(tree, object);
  for (Embedded& found : inside.corefiles) {
    found.map = compose(found, outer);
    found.key_span = outer.outer(found.key_span);
    found.document = document_;
    out_.corefiles.push_back(std::move(found));
  }
  for (Embedded& found : inside.texts) {
    found.map = compose(found, outer);
    found.key_span = outer.outer(found.key_span);
    found.document = document_;
    found.rendered = true;
    out_.texts.push_back(std::move(found));
  }
  for (ChartValues& found : inside.bundle.charts) {
    found.document = document_;
    found.cluster_ip.span = outer.outer(found.cluster_ip.span);
    for (Written& zone : found.glued) zone.span = outer.outer(zone.span);
    out_.bundle.charts.push_back(std::move(found));
  }
  for (ManifestFault& fault : inside.faults) {
    if (fault.kind != ManifestFault::Kind::duplicate_key && fault.kind != ManifestFault::Kind::value_not_text) continue;
    fault.span = outer.outer(fault.span);
    fault.related = outer.outer(fault.related);
    out_.faults.push_back(std::move(fault));
  }
}

void ObjectReader::nested_manifests(Index content) {
  if (text(content).find("ConfigMap") != View::npos || text(content).find("/data/") != View::npos) nested_text(content);
}

void ObjectReader::nested_text(Index content) {
  if (nested_ || content == none || !is(content, Node::Kind::scalar)) return;
  content = tree_->resolved(content);
  Scalar scalar = read_scalar(file_.text(), tree_->nodes[content].at, tree_->text(content));
  if (scalar.map.empty() || too_deep(scalar.text)) return;
  Embedded outer;
  outer.source = Source(file_.name(), std::move(scalar.text));
  outer.map = std::move(scalar.map);
  Manifest inside;
  ObjectReader reader(outer.source, inside);
  reader.nested_ = true;
  std::uint32_t document = 0;
  for (const Span part : split_documents(outer.source.text())) {
    std::vector<Tree> trees;
    if (read_trees(outer.source.text(), part, trees)) continue;
    for (const Tree& tree : trees) reader.read(tree, document++);
  }
  for (std::vector<Embedded>* texts : {&inside.corefiles, &inside.texts}) {
    for (Embedded& found : *texts) {
      found.map = compose(found, outer);
      found.key_span = outer.outer(found.key_span);
      found.document += document_ + 1;
      found.rendered = true;
    }
  }
  for (ManifestFault& fault : inside.faults) {
    fault.span = outer.outer(fault.span);
    fault.related = outer.outer(fault.related);
  }
  const auto move = [](auto& from, auto& to) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  move(inside.corefiles, out_.corefiles);
  move(inside.texts, out_.texts);
  move(inside.faults, out_.faults);
}

void ObjectReader::read_values(const Tree& tree, const std::string& object) {
  tree_ = &tree;
  seen_.assign(tree.nodes.size(), false);
  if (!tree.nodes.empty()) chart(0, object);
}

}  // namespace corefile::manifest_detail
