// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::chart_probe_unanswered {
namespace {

struct ChartProbe {
  std::string_view plugin, what, then, value;
};
// coredns/helm, charts/coredns/values.yaml and templates/deployment.yaml.
constexpr ChartProbe live{"health", "liveness probe", "the kubelet kills the pods again and again", "livenessProbe"};
constexpr ChartProbe ready{"ready", "readiness probe", "no pod ever becomes ready, and the Service sends nobody a query", "readinessProbe"};

void tell(const Read& base, const ChartProbe& probe, ManifestReport& report) {
  Diagnostic& found = report.at(base.outer(base.config.block(0).head()),
                                fmt::format("no server has `{}`, which the chart's {} asks", probe.plugin, probe.what));
  found.notes.push_back(fmt::format("`servers` takes the place of the chart's own list, and the probe stays switched on: {}", probe.then));
  found.help = fmt::format("add `- name: {}` to the plugins of one server, or write `{}: {{enabled: false}}`", probe.plugin, probe.value);
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ChartValues& chart : manifest.bundle.charts) {
    for (const Embedded& text : manifest.corefiles) {
      if (text.templated || !is_of(text, chart)) continue;
      const Read base = read_with_parts(text, manifest);
      if (!base.whole() || base.config.block_count() == 0) continue;
      if (chart.liveness && !base.config.has(Plugin::health)) tell(base, live, report);
      if (chart.readiness && !base.config.has(Plugin::ready)) tell(base, ready, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::chart_probe_unanswered
