// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::image_tag_elsewhere {
namespace {

/// kubeadm puts the tag behind its own registry, unless told of another (cmd/kubeadm/app/images/images.go, GetDNSImage).
void check_kubeadm(const ClusterSettings& settings, ManifestReport& report) {
  if (settings.image_tag.text.empty() || settings.own_registry) return;
  const std::string image = "registry.k8s.io/coredns/coredns:" + settings.image_tag.text;
  const std::string meant = tag_meant(image);
  if (meant.empty()) return;
  Diagnostic& found = report.at({0, settings.image_tag.span}, fmt::format("`{}` is no tag of registry.k8s.io", settings.image_tag.text));
  explain_tag(image, meant, found);
  found.help = fmt::format("write `imageTag: {}`", meant);
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const Workload& workload : manifest.bundle.workloads) {
    for (const Container& container : workload.containers) {
      const std::string meant = tag_meant(container.image.text);
      if (!meant.empty()) explain_tag(container.image.text, meant, report.at({0, container.image.span}, "there is no image with this tag"));
    }
  }
  check_kubeadm(manifest.bundle.settings, report);
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::image_tag_elsewhere
