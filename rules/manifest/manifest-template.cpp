// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "manifest/manifest.hpp"

namespace corefile::rules::manifest_template {
namespace {

constexpr std::size_t longest_word = 60;

void report_template(const ManifestFault& fault, ManifestReport& report) {
  const bool placeholder = fault.subject == "placeholder";
  const std::string word = "`" + fault.detail + "`";
  Diagnostic& found =
      report.at(Place{0, fault.span}, placeholder && fault.detail.size() <= longest_word ? word + " is still to be filled in"
                                      : placeholder                                      ? "a placeholder here is still to be filled in"
                                                    : "this is a template (" + fault.subject + "), not yet a manifest");
  found.notes.push_back("what is not filled in yet cannot be checked");
  found.help = fault.subject == "Helm" ? "check what Helm makes of it: `helm template … | corefile-lint -`"
                                       : "check the file that is made from this one";
}

// Out of a cluster: whoever was to fill it in has done what it does.
void report_unfilled(const ManifestFault& fault, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, fault.span}, fault.detail.size() <= longest_word ? "`" + fault.detail + "` was never filled in"
                                                                                          : "a template's word was never filled in");
  found.severity = Severity::warning;
  found.notes.push_back("the object comes from a cluster, where CoreDNS takes it as it stands");
  found.help = "write the value";
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind == ManifestFault::Kind::templated) report_template(fault, report);
    if (fault.kind == ManifestFault::Kind::unfilled) report_unfilled(fault, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::manifest_template
