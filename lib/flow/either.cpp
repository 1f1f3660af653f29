// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/flow_either.hpp>
#include <corefile/key.hpp>
#include <optional>
#include <utility>

#include "flow/imagined.hpp"
#include "flow/message.hpp"
#include "flow/model.hpp"
#include "flow/told.hpp"

namespace corefile {
namespace flow_detail {
namespace {

/// One file as it may be; the others as they are.
class FilesWith final : public Files {
 public:
  FilesWith(const Files* given, std::string path, std::optional<std::string> text)
      : given_(given), path_(std::move(path)), text_(std::move(text)) {}
  Content read(const std::string& path) const override {
    if (path == path_) return text_ ? Content{Status::ok, *text_} : Content{};
    return given_ != nullptr ? given_->read(path) : Content{};
  }
  std::vector<std::string> list(const std::string& folder) const override {
    return given_ != nullptr ? given_->list(folder) : std::vector<std::string>();
  }
  bool authoritative(const std::string& path) const override { return path == path_ || (given_ != nullptr && given_->authoritative(path)); }

 private:
  const Files* given_;
  std::string path_;
  std::optional<std::string> text_;
};

constexpr std::string_view an_ipv4 = "192.0.2.1", an_ipv6 = "2001:db8::1";

/// A step of the plugin whose first argument, if it is `path` or leads there; null if there is none.
const Step* reader_of(const Trace& trace, const Config& config, Plugin plugin, std::string_view path) {
  for (const Hop& hop : trace.hops) {
    for (const Step& step : hop.steps) {
      if (step.plugin != plugin) continue;
      const std::span<const Word> arguments = Directive{&config, step.directive}.arguments();
      if (path.ends_with(arguments.empty() ? std::string_view("/etc/hosts") : arguments.front().text)) return &step;
    }
  }
  return nullptr;
}

std::string name_at(const Query& query, const Step& step) { return step.name.empty() ? fqdn(query.name) : step.name; }

/// The zone of a `file` that the name lies in, with a record for it or without one; nothing where no record is known for that type.
std::optional<std::string> zone_text(const Model& model, const Step& step, const std::string& name, std::string_view type, bool has) {
  std::vector<std::string> zones;
  for (const Word& word : Directive{model.config, step.directive}.zones()) {
    for (std::string& zone : normalize_zone(word.text, model.release)) zones.push_back(std::move(zone));
  }
  const std::string_view zone = match(zones, name);
  const std::string_view data = type == "A"      ? an_ipv4
                                : type == "AAAA" ? an_ipv6
                                : type == "PTR"  ? "host.example."
                                : type == "TXT"  ? "text"
                                                 : "";
  if (zone.empty() || data.empty()) return {};
  std::string text =
      fmt::format("{} 3600 IN SOA ns.{} hostmaster.{} 1 7200 3600 1209600 3600\n", zone, zone == "." ? "" : zone, zone == "." ? "" : zone);
  if (has) text += fmt::format("{} 3600 IN {} {}\n", name, type, data);
  return text;
}

/// A cluster in which the name stands for something.
Cluster cluster_with(const std::string& name) {
  Cluster cluster;
  cluster.multicluster = true;
  const std::string address = address_of_reverse(name);
  const std::vector<std::string_view> labels = labels_of(name);
  const auto kind = std::find_if(labels.begin(), labels.end(), [](std::string_view one) { return one == "svc" || one == "pod"; });
  const auto at = kind == labels.end() ? std::ptrdiff_t{2} : kind - labels.begin();
  if (static_cast<std::size_t>(at) > labels.size() || at < 2) return cluster;
  const std::string space(labels[static_cast<std::size_t>(at - 1)]);
  const std::string object(labels[static_cast<std::size_t>(at - 2)]);
  cluster.namespaces.push_back({space, {}});
  if (kind != labels.end() && *kind == "pod") {
    std::string ip = object;
    std::replace(ip.begin(), ip.end(), '-', '.');
    cluster.pods.push_back({space, "pod", {ip}, {}});
    return cluster;
  }
  const std::string port(at > 3 && labels[0].starts_with('_') ? labels[0].substr(1) : "http");
  const std::vector<Cluster::Port> ports{{port, "TCP", 80}, {port, "UDP", 80}};
  cluster.services.push_back(
      {space, object, {address.empty() ? std::string(an_ipv4) : address, std::string(an_ipv6)}, {"198.51.100.7"}, {}, ports, {}});
  const std::string host(at > 2 ? labels[static_cast<std::size_t>(at - 3)] : "endpoint");
  cluster.endpoints.push_back({space, object, {{"10.244.0.7", host, "pod", "zone"}}, ports, {}});
  return cluster;
}

class Branches {
 public:
  Branches(const Flow& flow, const Query& query, const World& world, const Trace& known)
      : flow_(flow), query_(query), world_(world), known_(known) {}

  std::vector<Alternative> all() {
    for (const std::string& on : known_.depends) {
      const std::size_t begin = out_.size();
      if (on.starts_with("the file ")) file(on, on.substr(std::string_view("the file ").size()));
      if (on == "the cluster's objects") cluster(on);
      if (on.starts_with("what ") && !known_.asked.empty()) upstreams(on);
      if (const std::size_t quote = on.find("'s expression `"); quote != std::string::npos) expression(on, on.substr(on.find('`', quote)));
      settle(begin);
    }
    return std::move(out_);
  }

 private:
  void add(const std::string& on, std::string if_so, const World& world) {
    Trace trace = corefile::trace(flow_, query_, world);
    std::string becomes = told_way(trace);
    out_.push_back({on, std::move(if_so), std::move(becomes), std::move(trace)});
  }
  /// Where all comes to the same, nothing hangs on it.
  void settle(std::size_t begin) {
    const auto first = out_.begin() + static_cast<std::ptrdiff_t>(begin);
    if (first == out_.end() || std::any_of(first, out_.end(), [first](const Alternative& one) { return one.becomes != first->becomes; }))
      return;
    out_.erase(first, out_.end());
  }

  void file(const std::string& on, const std::string& path) {
    const Model& model = flow_.model();
    const auto with = [&](std::string if_so, std::optional<std::string> text) {
      const FilesWith files(world_.files, path, std::move(text));
      World world = world_;
      world.files = &files;
      add(on, std::move(if_so), world);
    };
    if (const Step* hosts = reader_of(known_, *model.config, Plugin::hosts, path)) {
      const std::string name = name_at(query_, *hosts);
      with(fmt::format("it has an entry for {}", name), fmt::format("{} {}\n{} {}\n", an_ipv4, name, an_ipv6, name));
      with("it has none", std::nullopt);
    } else if (const Step* zone = reader_of(known_, *model.config, Plugin::file, path)) {
      const std::string name = name_at(query_, *zone);
      for (const bool has : {true, false}) {
        if (auto text = zone_text(model, *zone, name, query_.type, has))
          with(fmt::format("it has {}{} {}", has ? "" : "no ", name, query_.type), std::move(text));
      }
    }
  }

  void cluster(const std::string& on) {
    std::string name = fqdn(query_.name);
    for (const Step& step : known_.hops.front().steps) {
      if ((step.plugin == Plugin::kubernetes || step.plugin == Plugin::k8s_external) && !step.name.empty()) name = step.name;
    }
    World world = world_;
    const Cluster has = cluster_with(name);
    world.cluster = &has;
    add(on, fmt::format("the cluster has {}", name), world);
    Cluster bare;
    bare.multicluster = true;
    world.cluster = &bare;
    add(on, "it has no such object", world);
  }

  void upstreams(const std::string& on) {
    for (const Mood mood : {Mood::answer, Mood::deny, Mood::fail}) {
      const Imagined imagined(world_, {});
      World world = world_;
      world.upstream = imagined.world(mood).upstream;
      add(on, mood == Mood::answer ? "it answers" : mood == Mood::deny ? "it says NXDOMAIN" : "it says SERVFAIL", world);
    }
  }

  /// `quoted`: in backquotes.
  void expression(const std::string& on, const std::string& quoted) {
    for (const bool holds : {true, false}) {
      World world = world_;
      world.expression = [this, &quoted, holds](std::string_view other) -> std::optional<bool> {
        if (quoted.size() == other.size() + 2 && quoted.find(other) == 1) return holds;
        return world_.expression ? world_.expression(other) : std::nullopt;
      };
      add(on, holds ? "it is true" : "it is not", world);
    }
  }

  const Flow& flow_;
  const Query& query_;
  const World& world_;
  const Trace& known_;
  std::vector<Alternative> out_;
};

}  // namespace
}  // namespace flow_detail

std::vector<Alternative> either_way(const Flow& flow, const Query& query, const World& world, const Trace& trace) {
  if (trace.depends.empty() || trace.hops.empty()) return {};
  return flow_detail::Branches(flow, query, world, trace).all();
}

}  // namespace corefile
