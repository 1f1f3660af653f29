// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <corefile/platform.hpp>
#include <corefile/release.hpp>
#include <corefile/resolve.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/manifest.hpp"

/// ConfigMaps as the folders that they are in a pod: what a cluster's Corefile imports.
namespace corefile {

/// A key of a ConfigMap, as a file.
struct Part {
  std::string path;
  const Embedded* text;
};

/// The cluster's main Corefile, beside which others lie.
bool is_base(const Embedded& embedded) noexcept;
/// A key of `coredns-custom`.
bool is_custom(const Embedded& embedded) noexcept;

/// Namespaces of objects that may be one: a manifest often leaves them out.
inline bool same_space(std::string_view a, std::string_view b) noexcept { return a.empty() || b.empty() || a == b; }

/// What lies beside a base: other keys of its ConfigMap, and the keys of `coredns-custom` in its namespace.
std::vector<Part> parts_beside(const Embedded& base, const Manifest& manifest);

/// Without tag and digest.
std::string_view image_name(std::string_view image) noexcept;
/// An image of CoreDNS, whoever built it; not one of node-local-dns.
bool is_coredns_image(std::string_view image) noexcept;
/// One of CoreDNS's own images, of which it is known what they hold.
bool is_official_image(std::string_view image) noexcept;
/// The platform whose release is that of an image of it among these pods, and that release.
std::optional<Release> release_of(const Bundle& bundle, const Platform& platform);
/// The known release that the cluster's pods or settings name; none if they name several, or none that is known.
std::optional<Release> release_of(const Bundle& bundle);
/// The domain that kubelets are told, without the last dot; empty if it is not known.
std::string domain_of(const Bundle& bundle);

/// The resolv.conf of CoreDNS's pods, as far as the kubelet's settings say what is in it, and the file on the node that they name.
struct KnownResolvConf {
  std::string name, text;
};
std::optional<KnownResolvConf> resolv_conf_of(const Bundle& bundle);
/// What the caller knows of its networks, where the manifests name none.
void add_subnets(const Subnets& subnets, ClusterSettings& settings);

/// Where kubeadm puts the DNS Service: the tenth address of the first `serviceSubnet`; none where it is not given.
std::vector<std::string> kubeadm_dns_addresses(const Bundle& bundle);

/// Files of `coredns-custom` alone, for a base that is not known.
std::vector<Part> custom_parts(const Manifest& manifest, const Embedded& custom);

/// Lines that the clusters with `coredns-custom` have in common: k3s, AKS, Gardener.
extern const std::string_view common_base;

/// Where the base lies in its pod.
inline constexpr std::string_view base_path = "/etc/coredns/Corefile";

class MountedMaps final : public Files {
 public:
  explicit MountedMaps(const std::vector<Part>& parts) : parts_(&parts) {}
  Content read(const std::string& path) const override;
  std::vector<std::string> list(const std::string& folder) const override;
  /// Not all that a pod has is known.
  bool authoritative(const std::string&) const override { return false; }

  /// The key that a path leads to.
  static const Part* find(const std::vector<Part>& parts, std::string_view path) noexcept;

 private:
  const std::vector<Part>* parts_;
};

/// The same for what plugins open: by a whole path that stands in the Corefile, as a relative one lies in the process's working folder,
/// which is another.
class MountedFiles final : public Files {
 public:
  MountedFiles(const std::vector<Part>& parts, std::string_view corefile) : maps_(parts), parts_(&parts), corefile_(corefile) {}
  Content read(const std::string& path) const override { return written(path) ? maps_.read(path) : Content{}; }
  std::vector<std::string> list(const std::string& folder) const override {
    return written(folder) ? maps_.list(folder) : std::vector<std::string>();
  }
  bool authoritative(const std::string&) const override { return false; }

 private:
  bool written(std::string_view path) const noexcept;
  MountedMaps maps_;
  const std::vector<Part>* parts_;
  std::string_view corefile_;
};

}  // namespace corefile
