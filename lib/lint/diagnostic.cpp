// SPDX-License-Identifier: Apache-2.0
#include <corefile/diagnostic.hpp>
#include <corefile/rule.hpp>

namespace corefile {

std::string_view to_string(Severity severity) noexcept {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      break;
  }
  return "info";
}

std::optional<Severity> parse_severity(std::string_view text) noexcept {
  for (const Severity severity : {Severity::info, Severity::warning, Severity::error}) {
    if (to_string(severity) == text) return severity;
  }
  return {};
}

std::string_view to_string(Safety safety) noexcept {
  switch (safety) {
    case Safety::safe:
      return "safe";
    case Safety::unsafe:
      return "unsafe";
    case Safety::shown:
      break;
  }
  return "shown";
}

Diagnostic& ManifestReport::at(Place where, std::string message) {
  return out_->emplace_back(Diagnostic{rule_->name, rule_->severity, where, std::move(message)});
}

Diagnostic& Report::at(const LoadFault& fault, Release release) {
  Diagnostic& found = at(fault.place, fault.message);
  found.labels = fault.labels;
  found.notes = fault.notes;
  if (!fault.says.empty()) found.notes.push_back("CoreDNS " + to_string(release) + " refuses the file: " + fault.says);
  found.help = fault.help;
  found.fixes = fault.fixes;
  return found;
}

}  // namespace corefile
