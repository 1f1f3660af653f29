// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>
#include <string>
#include <string_view>

#include "manifest/manifest.hpp"

/// What stands twice in a manifest, of which the later one counts.
namespace corefile::rules {

struct Twice {
  ManifestFault::Kind kind;
  std::string_view where;  ///< behind `stands twice`
  std::string_view first;  ///< what becomes of the first one
  std::string_view why, help;
};

/// `name` says what a fault is about, as its message begins.
template <typename Name>
void report_twice(const Manifest& manifest, const Twice& twice, Name name, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind != twice.kind) continue;
    Diagnostic& found = report.at(Place{0, fault.span}, std::string(name(fault)).append(" stands twice").append(twice.where));
    found.label = "this one counts";
    found.labels.push_back({{0, fault.related}, std::string(twice.first)});
    // In values of a chart the reader is Helm.
    found.notes.push_back(fault.kind == ManifestFault::Kind::duplicate_key && !fault.detail.empty()
                              ? fault.detail + " keeps the last one without a word"
                              : std::string(twice.why).append("; kustomize refuses the file"));
    found.help = twice.help;
  }
}

}  // namespace corefile::rules
