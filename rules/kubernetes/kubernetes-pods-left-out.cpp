// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"

namespace corefile::rules::kubernetes_pods_left_out {
namespace {

/// The two lines that the installers write beside `pods insecure`, and no others. Blocks of other makers lack `ttl`.
bool is_an_installers(Properties lines) {
  std::size_t known = 0, all = 0;
  for (const Property line : lines) {
    ++all;
    known += line.name() == "fallthrough" || line.name() == "ttl" ? 1 : 0;
  }
  return all == 2 && known == 2 && lines.find("ttl") && lines.find("fallthrough");
}

void check(Directive kubernetes, const Context& context, Report& report) {
  if (context.role != Role::cluster || !context.load->loads() || !is_an_installers(kubernetes.properties())) return;
  const Config& config = *kubernetes.config;
  const Place name = config.place(kubernetes.name_word());
  const std::string_view text = config.document(name.document).source().text();
  // A comment says why, or `kubernetes-pods-commented-out` has it.
  if (text.substr(name.span.end, text.find('}', name.span.end) - name.span.end).find('#') != std::string_view::npos) return;
  Diagnostic& found = report.at(name, "without `pods` every name of a pod is answered with NXDOMAIN");
  found.label = "no `pods`";
  found.notes.push_back(
      "Kubernetes documents names such as `10-244-0-5.NAMESPACE.pod.CLUSTER-DOMAIN`, and its installers write `pods insecure` beside these "
      "lines");
  found.help = "write `pods insecure`, or `pods disabled` if no pod is looked up by its address";
  if (auto edit = Fixer(config).add_property(kubernetes, "pods insecure"))
    found.fixes.push_back({"insert `pods insecure`", Safety::unsafe, {*edit}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::kubernetes}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::kubernetes_pods_left_out
