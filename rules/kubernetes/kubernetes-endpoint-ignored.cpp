// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"

namespace corefile::rules::kubernetes_endpoint_ignored {
namespace {

void report_beside_kubeconfig(const Property& line, const Property& file, Report& report) {
  Diagnostic& found = report.at(line.words, "this `endpoint` is not used: `kubeconfig` names the API server");
  found.severity = Severity::info;
  found.labels.push_back({line.config->place(file.words), "used"});
  found.help = "remove one of the two lines";
}

void check(Directive kubernetes, const Context& context, Report& report) {
  const auto line = kubernetes.properties().find("endpoint");
  if (!line || !context.load->loads()) return;
  if (const auto file = kubernetes.properties().find("kubeconfig")) return report_beside_kubeconfig(*line, *file, report);
  if (line->arguments().size() < 2) return;
  const std::span<const Word> others = line->arguments().subspan(1);
  Diagnostic& found = report.at(others, others.size() == 1 ? "this API server is never asked: only the first `endpoint` is used"
                                                           : "these API servers are never asked: only the first `endpoint` is used");
  found.label = "left out";
  found.labels.push_back({kubernetes.config->place(line->arguments().front()), "used"});
  found.notes.push_back("while that one is down, CoreDNS knows of no change in the cluster, and does not start");
  found.help = "name one address that a load balancer in front of the API servers has";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::kubernetes}, .lines = {"endpoint"}};

}  // namespace corefile::rules::kubernetes_endpoint_ignored
