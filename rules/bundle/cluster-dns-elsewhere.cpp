// SPDX-License-Identifier: Apache-2.0
#include "go/net.hpp"
#include "reading.hpp"

namespace corefile::rules::cluster_dns_elsewhere {
namespace {

bool is_address(std::string_view text) { return !text.empty() && text != "None"; }

/// The Service that pods are to ask; null if it is not given, or has no address yet.
const Service* dns_service(const Manifest& manifest) {
  const Service* out = nullptr;
  for (const Service& service : manifest.bundle.services) {
    if (service.name.name == "kube-dns" && !service.addresses.empty() && is_address(service.addresses.front())) out = &service;
  }
  return out;
}

/// Without the Service: kubeadm gives it one address of the network for Services.
void check_kubeadm(const Manifest& manifest, ManifestReport& report) {
  const std::vector<std::string> own = kubeadm_dns_addresses(manifest.bundle);
  if (own.empty()) return;
  const Written& subnet = manifest.bundle.settings.services.front();
  if (subnet.span.size() == 0) return;  // not kubeadm's
  const auto network = go::parse_cidr(subnet.text);
  for (const Written& address : manifest.bundle.settings.dns_addresses) {
    const auto ip = go::parse_ip(address.text);
    if (!ip || go::to_string(*ip) == own.front() || ip->is4 != network->ip.is4 || !(go::masked(*ip, network->ones) == network->network)) {
      continue;
    }
    Diagnostic& found =
        report.at(Place{0, address.span}, fmt::format("kubeadm gives the DNS Service another address than `{}`", address.text));
    found.labels.push_back({{0, subnet.span}, fmt::format("the tenth address of this, `{}`, is the Service's", own.front())});
    found.notes.push_back("the kubelet writes it into every pod's resolv.conf; where nobody answers on it, pods have no DNS");
    found.help = fmt::format("write `{}`, unless another Service is to have this one", own.front());
  }
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  const Service* service = dns_service(manifest);
  if (service == nullptr) return check_kubeadm(manifest, report);
  for (const Written& address : manifest.bundle.settings.dns_addresses) {
    // An address of the node itself is node-local-dns's.
    const bool known = std::any_of(manifest.bundle.services.begin(), manifest.bundle.services.end(), [&](const Service& one) {
      return std::find(one.addresses.begin(), one.addresses.end(), address.text) != one.addresses.end();
    });
    if (known || address.text.starts_with("169.254.") || address.text.starts_with("fe80:") || address.text.starts_with("fd00:")) continue;
    Diagnostic& found = report.at(Place{0, address.span}, fmt::format("no DNS Service has the address `{}`", address.text));
    found.labels.push_back({{0, service->name.span}, fmt::format("this one has `{}`", service->addresses.front())});
    found.notes.push_back("the kubelet writes it into every pod's resolv.conf; where nobody answers on it, pods have no DNS");
    found.help = fmt::format("write `{}`, unless node-local-dns answers on the other one", service->addresses.front());
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::cluster_dns_elsewhere
