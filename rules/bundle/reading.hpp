// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <corefile/key.hpp>
#include <corefile/rule.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/join.hpp"
#include "lint/zones.hpp"
#include "manifest/manifest.hpp"
#include "plugins/facts.hpp"

/// What rules share that look at a Corefile and at what stands around it in its cluster.
namespace corefile::rules {

/// A Corefile with what is read out of it, and what it imports from ConfigMaps beside it. Stays where it is.
struct Read {
  const Embedded* text;
  std::vector<Part> parts;
  Config config;
  Place outer(const Place& place) const {
    const Part* part = place.document == 0 ? nullptr : MountedMaps::find(parts, config.document(place.document).source().name());
    return {0, (part == nullptr ? text : part->text)->outer(place.span)};
  }
  Place outer(const Word& word) const { return outer(config.place(word)); }
  bool whole() const { return config.accepted() && !has_unresolved_import(config); }
};

inline Read read_with_parts(const Embedded& embedded, const Manifest& manifest) {
  Read out{&embedded, {}, {}};
  if (is_base(embedded)) out.parts = parts_beside(embedded, manifest);
  const MountedMaps mounted(out.parts);
  ResolveOptions resolving;
  if (!out.parts.empty()) resolving.files = &mounted;
  if (embedded.role == Role::custom_override) resolving.form = Form::directives;
  const Source source = out.parts.empty() ? embedded.source : Source(std::string(base_path), std::string(embedded.source.text()));
  out.config = std::move(recover(parse(source), resolving).meant);
  return out;
}

/// The Corefiles of `wanted` roles; none that another program is still to write.
template <typename Wanted>
std::vector<Read> read_corefiles(const Manifest& manifest, Wanted wanted) {
  std::vector<Read> out;
  for (const Embedded& embedded : manifest.corefiles) {
    if (!embedded.templated && wanted(embedded)) out.push_back(read_with_parts(embedded, manifest));
  }
  return out;
}
inline std::vector<Read> read_bases(const Manifest& manifest) {
  return read_corefiles(manifest, [](const Embedded& one) { return is_base(one) || one.role == Role::cluster; });
}

inline bool is_of(const Embedded& text, const ChartValues& chart) {
  return text.rendered && text.key == "servers" && text.object == chart.object && text.document == chart.document;
}
/// Made of values of the chart, whose probes are known, and which restarts its pods with each change (`checksum/config`).
inline bool is_of_chart(const Embedded& text, const Manifest& manifest) {
  const auto& charts = manifest.bundle.charts;
  return std::any_of(charts.begin(), charts.end(), [&](const ChartValues& chart) { return is_of(text, chart); });
}

/// The pods that have this Corefile: those with a volume of its ConfigMap.
inline const Workload* workload_of(const Embedded& base, const Manifest& manifest) {
  for (const Workload& workload : manifest.bundle.workloads) {
    if (!same_space(workload.name.name_space, base.name_space) || base.name.empty()) continue;
    for (const Volume& volume : workload.volumes) {
      if (volume.config_map == base.name) return &workload;
    }
  }
  return nullptr;
}

/// The container that CoreDNS runs in.
inline const Container* container_of(const Workload& workload) {
  if (workload.containers.size() == 1) return &workload.containers.front();
  for (const Container& one : workload.containers) {
    if (one.name.find("dns") != std::string::npos && one.image.text.find("coredns") != std::string::npos) return &one;
  }
  return nullptr;
}

/// A Corefile with the pods that have it.
struct Run {
  Read base;
  const Workload* workload;
  const Container* container;
};
inline std::vector<Run> with_pods(std::vector<Read> bases, const Manifest& manifest) {
  std::vector<Run> out;
  for (Read& base : bases) {
    const Workload* workload = workload_of(*base.text, manifest);
    const Container* container = workload == nullptr ? nullptr : container_of(*workload);
    if (container != nullptr) out.push_back({std::move(base), workload, container});
  }
  return out;
}

inline std::vector<Run> read_runs(const Manifest& manifest) {
  if (manifest.bundle.workloads.empty()) return {};
  return with_pods(read_bases(manifest), manifest);
}
/// The same of other Corefiles that a container with CoreDNS has, whatever their ConfigMap is called.
inline std::vector<Run> read_other_runs(const Manifest& manifest) {
  if (manifest.bundle.workloads.empty()) return {};
  std::vector<Run> out = with_pods(
      read_corefiles(manifest, [](const Embedded& one) { return one.role == Role::other_configmap && !is_base(one) && !one.rendered; }),
      manifest);
  std::erase_if(out, [](const Run& run) { return !is_coredns_image(run.container->image.text); });
  return out;
}
/// The same of node-local-dns.
inline std::vector<Run> read_local_runs(const Manifest& manifest) {
  if (manifest.bundle.workloads.empty()) return {};
  return with_pods(read_corefiles(manifest, [](const Embedded& one) { return one.role == Role::node_local; }), manifest);
}

/// What stands behind `-NAME` or `-NAME=`, with one dash or two; none where it is not written.
inline std::optional<Written> option_of(const Container& container, std::string_view option) {
  for (std::size_t i = 0; i < container.arguments.size(); ++i) {
    const Written& one = container.arguments[i];
    std::string_view name = one.text;
    if (!name.starts_with('-')) continue;
    name.remove_prefix(name.starts_with("--") ? 2 : 1);
    if (name == option && i + 1 < container.arguments.size()) return container.arguments[i + 1];
    if (name.starts_with(option) && name.substr(option.size()).starts_with('=')) {
      return Written{std::string(name.substr(option.size() + 1)), one.span};
    }
  }
  return {};
}

/// `-conf /etc/coredns/Corefile` in one argument: no option is called so, and the program ends.
inline const Written* unsplit_option(const std::vector<Written>& arguments) {
  const auto is_one = [](const Written& argument) {
    std::string_view text = argument.text;
    if (!text.starts_with('-')) return false;
    text.remove_prefix(text.starts_with("--") ? 2 : 1);
    return text.starts_with("conf ") || text.starts_with("dns.port ");
  };
  const auto found = std::find_if(arguments.begin(), arguments.end(), is_one);
  return found == arguments.end() ? nullptr : &*found;
}
inline void explain_unsplit(const Written& argument, Diagnostic& found) {
  const std::size_t blank = argument.text.find(' ');
  const std::string value = argument.text.substr(std::min(argument.text.find_first_not_of(' ', blank), argument.text.size()));
  found.label = "one argument";
  found.notes.push_back(fmt::format("CoreDNS ends at once: flag provided but not defined: {}", argument.text));
  found.help = fmt::format("write two: `\"{}\", \"{}\"`", argument.text.substr(0, blank), value);
}

/// The tag as the registry of an image of CoreDNS has it, where it is written in another's way; empty: nothing is known to be wrong.
inline std::string tag_meant(std::string_view image) {
  const std::string_view name = image_name(image);
  std::string_view tag = image.substr(name.size());
  if (!tag.starts_with(':')) return {};
  tag.remove_prefix(1);
  const bool v = tag.starts_with('v');
  const std::string_view number = tag.substr(v ? 1 : 0);
  if (number.empty() || number.find_first_not_of("0123456789.") != std::string_view::npos || !parse_release(number)) return {};
  const bool hub = name == "coredns/coredns" || name == "docker.io/coredns/coredns";
  const bool kubernetes = name == "registry.k8s.io/coredns/coredns" || name == "k8s.gcr.io/coredns/coredns";
  if (hub && v) return std::string(number);
  return kubernetes && !v ? fmt::format("v{}", number) : std::string();
}
inline void explain_tag(std::string_view image, const std::string& meant, Diagnostic& found) {
  found.notes.push_back(meant.starts_with('v')
                            ? "tags of registry.k8s.io begin with a `v`, those of Docker Hub do not: the image is never pulled"
                            : "tags of Docker Hub have no `v`, those of registry.k8s.io begin with one: the image is never pulled");
  found.help = fmt::format("write `{}:{}`", image_name(image), meant);
}

/// Ports on which plain DNS is answered, where `-dns.port` may move those of keys without a port; none if one is not known.
inline std::optional<std::vector<std::string>> listened(const Run& run, Release release) {
  std::vector<std::string> out;
  const auto moved = option_of(*run.container, "dns.port");
  for (std::uint32_t i = 0; i < run.base.config.block_count(); ++i) {
    for (const Word& word : run.base.config.block(i).keys()) {
      const Key key = read_key(word.text, release);
      if (word.unknown != 0 || !key.error.empty()) return {};
      const bool own = word.text.ends_with(':' + key.port);
      if (key.transport == Transport::dns) out.push_back(moved && !own ? moved->text : key.port);
    }
  }
  return out;
}

/// The selector's labels are among these.
inline bool selects(const LabelMap& selector, const LabelMap& labels) {
  return !selector.empty() && std::all_of(selector.begin(), selector.end(), [&](const auto& label) {
    const auto own = labels.find(label.first);
    return own != labels.end() && own->second == label.second;
  });
}

inline bool holds(const PodSelector::Condition& condition, const LabelMap& labels) {
  const auto own = labels.find(condition.key);
  const bool there = own != labels.end();
  const auto among = [&] { return std::find(condition.values.begin(), condition.values.end(), own->second) != condition.values.end(); };
  if (condition.what == "In") return there && among();
  if (condition.what == "NotIn") return !there || !among();
  return condition.what == "Exists" ? there : !there;
}
/// An empty selector selects all pods.
inline bool selects(const PodSelector& selector, const LabelMap& labels) {
  return (selector.labels.empty() || selects(selector.labels, labels)) &&
         std::all_of(selector.conditions.begin(), selector.conditions.end(), [&](const auto& one) { return holds(one, labels); });
}

/// The Services whose queries these pods get; those without a port 53 are for something else.
inline std::vector<const Service*> services_of(const Workload& workload, const Manifest& manifest) {
  std::vector<const Service*> out;
  for (const Service& service : manifest.bundle.services) {
    const bool dns = std::any_of(service.ports.begin(), service.ports.end(), [](const Port& port) { return port.port == "53"; });
    if (dns && same_space(service.name.name_space, workload.name.name_space) && selects(service.selector, workload.labels)) {
      out.push_back(&service);
    }
  }
  return out;
}

/// Its `kubernetes` talks to the API server as the pod's own account.
inline bool as_account(Directive kubernetes) {
  return kubernetes.is(Plugin::kubernetes) && !kubernetes.properties().has("endpoint") && !kubernetes.properties().has("kubeconfig");
}
inline std::optional<Directive> kubernetes_as_account(const Config& config) {
  for (const Directive directive : config.directives()) {
    if (as_account(directive)) return directive;
  }
  return {};
}

/// A number without sign; none for other texts and beyond 18 digits.
inline std::optional<std::int64_t> read_number(std::string_view text) {
  if (text.empty() || text.size() > 18) return {};
  std::int64_t out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    out = out * 10 + (c - '0');
  }
  return out;
}

inline std::string shown_name(const ObjectName& name) {
  return fmt::format("{} `{}{}{}`", name.kind, name.name_space, name.name_space.empty() ? "" : "/", name.name);
}

}  // namespace corefile::rules
