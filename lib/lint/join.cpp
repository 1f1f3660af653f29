// SPDX-License-Identifier: Apache-2.0
#include "lint/join.hpp"

#include <algorithm>

#include "go/net.hpp"
#include "lint/zones.hpp"
#include "manifest/names.hpp"

namespace corefile {
namespace {

using manifest_detail::Known;
using manifest_detail::known_name;

constexpr std::string_view main_folder = "/etc/coredns";
constexpr std::string_view custom_folder = "/etc/coredns/custom";

/// Of a path in the pod.
std::string_view mount_of(std::string_view path) noexcept { return path.substr(0, path.rfind('/')); }

/// Clouds mount `coredns-custom` under several names; all of them hold this word.
bool is_custom_folder(std::string_view folder) noexcept { return folder.find("custom") != std::string_view::npos; }

/// The folder of the parts that a folder of the pod is.
std::string_view known_folder(std::string_view folder) noexcept { return is_custom_folder(folder) ? custom_folder : folder; }

template <typename See>
void each_text(const Manifest& manifest, See see) {
  for (const Embedded& one : manifest.corefiles) see(one);
  for (const Embedded& one : manifest.texts) see(one);
}

}  // namespace

const std::string_view common_base =
    ".:53 {\n    errors\n    health\n    ready\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n"
    "        pods insecure\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    prometheus :9153\n    forward . /etc/resolv.conf\n"
    "    cache 30\n    loop\n    reload\n    loadbalance\n    import custom/*.override\n    import custom/*.include\n}\nimport "
    "custom/*.server\n";

bool is_base(const Embedded& embedded) noexcept {
  return embedded.key == "Corefile" && !embedded.templated && known_name(embedded.name) == Known::coredns;
}

bool is_custom(const Embedded& embedded) noexcept { return known_name(embedded.name) == Known::custom; }

std::vector<Part> parts_beside(const Embedded& base, const Manifest& manifest) {
  std::vector<Part> parts;
  each_text(manifest, [&](const Embedded& one) {
    if (&one == &base || one.templated) return;
    if (one.document == base.document && one.object == base.object) {
      parts.push_back({std::string(main_folder) + '/' + one.key, &one});
    } else if (same_space(one.name_space, base.name_space) && is_custom(one)) {
      parts.push_back({std::string(custom_folder) + '/' + one.key, &one});
    }
  });
  return parts;
}

std::vector<Part> custom_parts(const Manifest& manifest, const Embedded& custom) {
  std::vector<Part> parts;
  each_text(manifest, [&](const Embedded& one) {
    if (one.templated || one.object != custom.object || one.document != custom.document) return;
    parts.push_back({std::string(custom_folder) + '/' + one.key, &one});
  });
  return parts;
}

std::string_view image_name(std::string_view image) noexcept {
  image = image.substr(0, image.find('@'));
  const std::size_t colon = image.find(':', image.rfind('/') + 1);
  return image.substr(0, colon);
}

bool is_coredns_image(std::string_view image) noexcept { return image_name(image).ends_with("coredns"); }
bool is_official_image(std::string_view image) noexcept {
  return is_coredns_image(image) && (image.find("coredns/coredns") != std::string_view::npos || image.starts_with("k8s.gcr.io/coredns"));
}

std::optional<Release> release_of(const Bundle& bundle, const Platform& platform) {
  for (const Workload& workload : bundle.workloads) {
    for (const Container& container : workload.containers) {
      const std::string_view image = container.image.text;
      const auto ends = [image](std::string_view name) { return image_name(image).ends_with(name); };
      if (std::none_of(platform.images.begin(), platform.images.end(), ends)) continue;
      if (const auto found = coredns_of(platform, image)) return found->release;
    }
  }
  return {};
}

std::optional<Release> release_of(const Bundle& bundle) {
  std::vector<Release> found;
  const auto take = [&found](std::optional<Release> release) {
    if (release && std::find(found.begin(), found.end(), *release) == found.end()) found.push_back(*release);
  };
  for (const Workload& workload : bundle.workloads) {
    for (const Container& container : workload.containers) {
      if (is_coredns_image(container.image.text)) take(release_of_image(container.image.text));
    }
  }
  if (found.empty()) take(release_of_image(bundle.settings.image_tag.text));
  if (found.empty() && !bundle.settings.kubernetes.text.empty()) take(kubernetes_release(bundle.settings.kubernetes.text));
  const auto known = known_releases();
  const bool clear = found.size() == 1 && std::find(known.begin(), known.end(), found.front()) != known.end();
  return clear ? std::optional(found.front()) : std::nullopt;
}

std::string domain_of(const Bundle& bundle) {
  std::string out;
  for (const Written& domain : bundle.settings.domains) {
    const std::string_view zone = zone_of(domain.text);
    if (!out.empty() && !same_name(out, zone)) return {};
    out = zone;
  }
  return out;
}

// kubernetes/kubernetes, pkg/kubelet/network/dns/dns.go, GetPodDNS: an empty `resolvConf` makes the pod itself its server.
std::optional<KnownResolvConf> resolv_conf_of(const Bundle& bundle) {
  constexpr std::string_view stub = "/run/systemd/resolve/stub-resolv.conf";
  if (!bundle.settings.resolv_conf) return {};
  for (const Workload& workload : bundle.workloads) {
    const bool own = std::any_of(workload.volumes.begin(), workload.volumes.end(),
                                 [](const Volume& volume) { return known_name(volume.config_map) == Known::coredns; });
    if (own && !workload.host_network && workload.dns_policy.text != "Default") return {};
  }
  const std::string& file = bundle.settings.resolv_conf->text;
  if (file.empty()) return KnownResolvConf{"/etc/resolv.conf", "nameserver 127.0.0.1\n"};
  if (file == stub) return KnownResolvConf{file, "nameserver 127.0.0.53\n"};
  return {};
}

std::string Subnets::unknown() const {
  for (const std::vector<std::string>* networks : {&services, &pods}) {
    for (const std::string& network : *networks) {
      if (!go::parse_cidr(network)) return network;
    }
  }
  return {};
}

void add_subnets(const Subnets& subnets, ClusterSettings& settings) {
  const auto add = [](const std::vector<std::string>& known, std::vector<Written>& networks) {
    if (!networks.empty()) return;
    for (const std::string& network : known) networks.push_back({network, {}});
  };
  add(subnets.services, settings.services);
  add(subnets.pods, settings.pods);
}

// kubernetes/kubernetes, cmd/kubeadm/app/constants/constants.go, GetDNSIP.
std::vector<std::string> kubeadm_dns_addresses(const Bundle& bundle) {
  constexpr unsigned dns_index = 10;
  const auto network = bundle.settings.services.empty() ? std::nullopt : go::parse_cidr(bundle.settings.services.front().text);
  const auto address = network ? go::indexed(*network, dns_index) : std::nullopt;
  return address ? std::vector{go::to_string(*address)} : std::vector<std::string>();
}

// Imports are asked for by whole paths. What a plugin opens by a relative one lies in the process's working folder, which is not mounted.
const Part* MountedMaps::find(const std::vector<Part>& parts, std::string_view path) noexcept {
  if (!path.starts_with('/')) return nullptr;
  const std::string known = std::string(known_folder(mount_of(path))).append(path.substr(std::min(path.rfind('/'), path.size())));
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.path == known; });
  return found == parts.end() ? nullptr : &*found;
}

Files::Content MountedMaps::read(const std::string& path) const {
  const Part* part = find(*parts_, path);
  return part == nullptr ? Content{} : Content{Status::ok, std::string(part->text->source.text())};
}

bool MountedFiles::written(std::string_view path) const noexcept {
  const auto in = [](std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; };
  const auto anywhere = [&](std::string_view word) {
    return in(corefile_, word) ||
           std::any_of(parts_->begin(), parts_->end(), [&](const Part& part) { return in(part.text->source.text(), word); });
  };
  return anywhere(path) || (mount_of(path) != main_folder && anywhere(mount_of(path)));
}

std::vector<std::string> MountedMaps::list(const std::string& folder) const {
  std::vector<std::string> names;
  for (const Part& part : *parts_) {
    if (mount_of(part.path) == known_folder(folder)) names.push_back(part.text->key);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace corefile
