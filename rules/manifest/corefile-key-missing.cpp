// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <string>

#include "base/ascii.hpp"
#include "manifest/manifest.hpp"

namespace corefile::rules::corefile_key_missing {
namespace {

constexpr std::string_view prefix = "ConfigMap ";

std::string quoted(const ManifestFault& fault) { return std::string(prefix) + "`" + fault.object.substr(prefix.size()) + "`"; }

void report_custom(const ManifestFault& fault, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, fault.span}, "no key of " + quoted(fault) + " ends in `.server` or `.override`");
  found.label = "not imported";
  found.notes.push_back("clusters import `custom/*.server` and `custom/*.override`, Linode's `custom/*.include`, and no other keys");
  found.help = "rename the key: `.server` for server blocks, `.override` for lines inside `.:53`";
}

/// The text is there, but not where the ConfigMap gets it as `Corefile`.
void report_elsewhere(const ManifestFault& fault, const std::string& written, ManifestReport& report) {
  const bool field = fault.detail == "data:";
  Diagnostic& found =
      report.at(Place{0, fault.span}, quoted(fault) + " has " + written + " where `" + (field ? "data" : "Corefile") + "` should be");
  found.notes.push_back(field ? "a ConfigMap has no such field: kubectl refuses it, and without validation it is dropped"
                              : "the pods mount the key `Corefile`; while it is missing, new ones wait for their volume and do not start");
  found.help = field && fault.subject == "spec" ? "write `data:` at the left margin" : "write `" + fault.detail + "`";
}

void report_missing(const ManifestFault& fault, ManifestReport& report) {
  if (!fault.detail.empty()) return report_elsewhere(fault, "`" + fault.subject + "`", report);
  if (fault.object.ends_with("coredns-custom")) return report_custom(fault, report);
  if (fault.subject.empty()) {
    Diagnostic& found = report.at(Place{0, fault.span}, quoted(fault) + " has no key `Corefile`");
    found.notes.push_back("the pods mount this key; while it is missing, new ones wait for their volume and do not start");
    found.help = "put the Corefile under `data`, as `Corefile: |`";
    return;
  }
  const std::string written = "`" + fault.subject + "`";
  Diagnostic& found = report.at(Place{0, fault.span}, quoted(fault) + " has " + written + " where `Corefile` should be");
  if (fault.object == "ConfigMap kube-system/coredns") found.severity = Severity::error;
  if (ascii::same_letters(fault.subject, "Corefile")) found.label = "capitals matter";
  found.notes.push_back("the pods mount the key `Corefile`; while it is missing, new ones wait for their volume and do not start");
  found.help = "rename the key to `Corefile`";
  const auto quotes = (fault.span.size() - static_cast<std::uint32_t>(fault.subject.size())) / 2;
  const Span name{fault.span.begin + quotes, fault.span.end - quotes};
  found.fixes.push_back({"rename " + written + " to `Corefile`", Safety::safe, {{{0, name}, "Corefile"}}});
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind == ManifestFault::Kind::corefile_missing) report_missing(fault, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::corefile_key_missing
