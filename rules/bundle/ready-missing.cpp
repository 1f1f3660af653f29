// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::ready_missing {
namespace {

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  if (!brings(context.release, Plugin::ready)) return;
  // Where YAML joins the lines, what stands in them is not known.
  const bool folded = std::any_of(manifest.faults.begin(), manifest.faults.end(),
                                  [](const ManifestFault& fault) { return fault.kind == ManifestFault::Kind::lines_folded; });
  if (folded) return;
  const auto may_lack_it = [&](const Embedded& one) {
    const std::string_view text = one.source.text();
    return (is_base(one) || one.role == Role::cluster) && !is_of_chart(one, manifest) &&
           text.find("kubernetes") != std::string_view::npos && text.find("ready") == std::string_view::npos;
  };
  for (const Read& base : read_corefiles(manifest, may_lack_it)) {
    if (!base.whole() || !base.config.has(Plugin::kubernetes) || base.config.has(Plugin::ready)) continue;
    // Its probes are known: bundle rules look at them.
    if (workload_of(*base.text, manifest) != nullptr) continue;
    for (const Directive directive : base.config.directives()) {
      if (!directive.is(Plugin::kubernetes)) continue;
      Diagnostic& found = report.at(base.outer(base.config.block(directive.block()).head()), "no `ready` stands in this Corefile");
      found.notes.push_back(
          "the Deployments of kubeadm, k3s, EKS and AKS probe `/ready` on port 8181; without an answer no pod becomes ready");
      found.help = "write `ready` into the block with `kubernetes`, unless nothing probes it";
      break;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::ready_missing
