// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::service_selects_nothing {
namespace {

bool is_dns(const Service& service) {
  const bool named = service.name.name == "kube-dns" || service.name.name.find("coredns") != std::string::npos;
  return named && std::any_of(service.ports.begin(), service.ports.end(), [](const Port& port) { return port.port == "53"; });
}

bool selects_some(const Service& service, const Manifest& manifest) {
  return std::any_of(manifest.bundle.workloads.begin(), manifest.bundle.workloads.end(),
                     [&](const Workload& workload) { return selects(service.selector, workload.labels); });
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  if (manifest.bundle.services.empty()) return;
  for (const Run& run : read_runs(manifest)) {
    if (!services_of(*run.workload, manifest).empty() || run.workload->labels.empty()) continue;
    for (const Service& service : manifest.bundle.services) {
      if (!is_dns(service) || service.selector.empty() || !same_space(service.name.name_space, run.workload->name.name_space) ||
          selects_some(service, manifest))
        continue;
      Diagnostic& found = report.at(Place{0, service.selector_span}, fmt::format("{} selects no pods", shown_name(service.name)));
      found.labels.push_back({{0, run.workload->name.span}, "the pods of CoreDNS have other labels"});
      found.notes.push_back("a Service without endpoints refuses every query");
      found.help = "write the labels of the pods' template into the selector";
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::service_selects_nothing
