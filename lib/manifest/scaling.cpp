// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "manifest/objects.hpp"

/// How many pods there are to be: PodDisruptionBudget, HorizontalPodAutoscaler.
namespace corefile::manifest_detail {

PodSelector ObjectReader::pod_selector(Index selector) {
  PodSelector out;
  out.labels = labels(at(selector, {"matchLabels"}));
  for (const Index one : list(at(selector, {"matchExpressions"}))) {
    out.conditions.push_back({std::string(text(at(one, {"key"}))), std::string(text(at(one, {"operator"}))), texts(at(one, {"values"}))});
  }
  return out;
}

void ObjectReader::disruption_budget(ObjectName name, Index spec) {
  DisruptionBudget out;
  out.name = std::move(name);
  out.pods = pod_selector(at(spec, {"selector"}));
  out.min_available = written(at(spec, {"minAvailable"}));
  out.max_unavailable = written(at(spec, {"maxUnavailable"}));
  out_.bundle.budgets.push_back(std::move(out));
}

// kubernetes/kubernetes, pkg/apis/autoscaling: v1 knows one metric, the share of CPU.
void ObjectReader::autoscaler(ObjectName name, Index spec) {
  Autoscaler out;
  out.target.name_space = name.name_space;
  out.name = std::move(name);
  const Index target = at(spec, {"scaleTargetRef"});
  out.target.kind = text(at(target, {"kind"}));
  out.target.name = text(at(target, {"name"}));
  if (const Index at_name = at(target, {"name"}); at_name != none) out.target.span = extent(at_name);
  out.min_replicas = written(at(spec, {"minReplicas"}));
  if (Written share = written(at(spec, {"targetCPUUtilizationPercentage"})); !share.text.empty()) {
    out.metrics.push_back({{"cpu", share.span}, {}, true});
  }
  for (const Index metric : list(at(spec, {"metrics"}))) {
    Autoscaler::Metric& one = out.metrics.emplace_back();
    for (const std::string_view source : {std::string_view("resource"), std::string_view("containerResource")}) {
      const Index from = at(metric, {source});
      if (from == none) continue;
      one.resource = written(at(from, {"name"}));
      one.container = text(at(from, {"container"}));
      one.share = text(at(from, {"target", "type"})) == "Utilization" || at(from, {"targetAverageUtilization"}) != none;
    }
  }
  out_.bundle.autoscalers.push_back(std::move(out));
}

}  // namespace corefile::manifest_detail
