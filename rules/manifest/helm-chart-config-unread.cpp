// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "manifest/manifest.hpp"

namespace corefile::rules::helm_chart_config_unread {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind != ManifestFault::Kind::chart_unread) continue;
    Diagnostic& found = report.at(Place{0, fault.span}, "the values of this HelmChartConfig are given to no chart of CoreDNS");
    if (fault.subject.starts_with("name:")) found.severity = Severity::info;
    found.notes.push_back("a HelmChartConfig is for the HelmChart of its own name and namespace; " + fault.detail);
    found.help = "write `" + fault.subject + "`";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::helm_chart_config_unread
