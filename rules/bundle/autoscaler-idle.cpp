// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::autoscaler_idle {
namespace {

bool asks_for(const Container& container, std::string_view resource) {
  return std::find(container.requests.begin(), container.requests.end(), resource) != container.requests.end();
}

/// The container that keeps the metric from being known: each that counts has to ask for the resource.
const Container* without_request(const Workload& workload, const Autoscaler::Metric& metric, std::string_view resource) {
  for (const Container& one : workload.containers) {
    if ((metric.container.empty() || metric.container == one.name) && !asks_for(one, resource)) return &one;
  }
  return nullptr;
}

void report_share(const Run& run, const Autoscaler& autoscaler, const Autoscaler::Metric& metric, ManifestReport& report) {
  // Without a word the share of CPU is meant.
  const std::string resource = metric.resource.text.empty() ? "cpu" : metric.resource.text;
  const Container* container = without_request(*run.workload, metric, resource);
  if (container == nullptr) return;
  const Span at = metric.resource.text.empty() ? autoscaler.name.span : metric.resource.span;
  Diagnostic& found = report.at(Place{0, at}, fmt::format("{} cannot tell how much `{}` is used", shown_name(autoscaler.name), resource));
  found.labels.push_back({{0, container->image.span}, fmt::format("container `{}` asks for no `{}`", container->name, resource)});
  found.notes.push_back(fmt::format(
      "a utilization is a share of what the containers ask for; the controller says `missing request for {}`, and does not scale",
      resource));
  found.help = fmt::format("write `resources: {{requests: {{{}: …}}}}`, unless a LimitRange of the namespace does", resource);
}

void report_daemon_set(const Run& run, const Autoscaler& autoscaler, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, autoscaler.target.span}, "a DaemonSet cannot be scaled");
  found.labels.push_back({{0, run.workload->name.span}, "has a pod on each node"});
  found.help = fmt::format("drop {}, or run CoreDNS as a Deployment", shown_name(autoscaler.name));
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  if (manifest.bundle.autoscalers.empty()) return;
  for (const Run& run : read_runs(manifest)) {
    for (const Autoscaler& one : manifest.bundle.autoscalers) {
      if (one.target.name != run.workload->name.name || one.target.kind != run.workload->name.kind ||
          !same_space(one.name.name_space, run.workload->name.name_space))
        continue;
      if (one.target.kind == "DaemonSet") {
        report_daemon_set(run, one, report);
        continue;
      }
      if (one.metrics.empty()) report_share(run, one, {{}, {}, true}, report);
      for (const Autoscaler::Metric& metric : one.metrics) {
        if (metric.share && !metric.resource.text.empty()) report_share(run, one, metric, report);
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::autoscaler_idle
