// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::k8s_external_without_kubernetes {
namespace {

constexpr Release refuses{1, 11, 0};  // plugin/k8s_external/setup.go, OnStartup

void check(Directive external, const Context& context, Report& report) {
  const ServerBlock block = external.config->block(external.block());
  if (!context.load->loads() || block.fragment() || block.has(Plugin::kubernetes) || has_foreign_plugin(block) ||
      has_unresolved_import(*external.config))
    return;
  Diagnostic& found = report.at(external.name_word(), "`k8s_external` asks the `kubernetes` of its own server block, and there is none");
  found.label = "knows no Services";
  found.notes.push_back(context.release >= refuses ? "CoreDNS ends at the start: plugin/k8s_external: kubernetes plugin not loaded"
                                                   : "CoreDNS starts, and panics with each query for its zones: SERVFAIL");
  found.help = "put `kubernetes` with the cluster's domain into this block, and that domain among the block's keys";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::k8s_external}};

}  // namespace corefile::rules::k8s_external_without_kubernetes
