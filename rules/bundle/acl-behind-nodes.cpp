// SPDX-License-Identifier: Apache-2.0
#include "go/net.hpp"
#include "reading.hpp"

namespace corefile::rules::acl_behind_nodes {
namespace {

/// The first line of an `acl` that asks for networks of clients.
std::optional<Property> by_network(const Config& config) {
  for (const Directive directive : config.directives()) {
    if (!directive.is(Plugin::acl)) continue;
    for (const Property line : directive.properties()) {
      const auto words = line.arguments();
      if (std::any_of(words.begin(), words.end(), [](const Word& word) { return word.text == "net"; })) return line;
    }
  }
  return {};
}

void check_run(const Run& run, const Manifest& manifest, ManifestReport& report) {
  const auto line = run.workload->host_network ? std::nullopt : by_network(run.base.config);
  if (!line) return;
  for (const Service* service : services_of(*run.workload, manifest)) {
    const bool outside = service->type.text == "LoadBalancer" || service->type.text == "NodePort";
    if (!outside || service->traffic_policy.text == "Local") continue;
    Diagnostic& found =
        report.at(run.base.outer(run.base.config.place(line->words)), "`acl` may see nodes of the cluster in the place of clients");
    found.labels.push_back({{0, service->type.span}, "queries from outside come by way of any node"});
    found.notes.push_back(
        "a node that has no pod of CoreDNS hands a query on with its own address, so that networks of clients neither allow nor block it");
    found.help = "write `externalTrafficPolicy: Local` into the Service";
    return;
  }
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  if (manifest.bundle.services.empty()) return;
  for (const Run& run : read_runs(manifest)) check_run(run, manifest, report);
  for (const Run& run : read_other_runs(manifest)) check_run(run, manifest, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::acl_behind_nodes
