// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::readiness_probe_missing {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const Run& run : read_runs(manifest)) {
    const auto kubernetes = kubernetes_as_account(run.base.config);
    const auto is_readiness = [](const Probe& probe) { return probe.what == "readinessProbe"; };
    const auto& probes = run.container->probes;
    if (!kubernetes || !is_coredns_image(run.container->image.text) || std::any_of(probes.begin(), probes.end(), is_readiness)) continue;
    Diagnostic& found = report.at(Place{0, run.container->image.span}, "nobody asks these pods whether they are ready");
    found.labels.push_back({run.base.outer(kubernetes->name_word()), "answers SERVFAIL until it has the cluster's lists"});
    found.notes.push_back("the Service sends queries to a pod as soon as it runs, for 5 seconds and longer before it can answer");
    found.help = "write `ready` into the Corefile, and a readinessProbe with `httpGet: {path: /ready, port: 8181}`";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::readiness_probe_missing
