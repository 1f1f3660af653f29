// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "manifest/manifest.hpp"

namespace corefile::rules::corefile_lines_folded {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const ManifestFault& fault : manifest.faults) {
    if (fault.kind != ManifestFault::Kind::lines_folded) continue;
    Diagnostic& found = report.at(Place{0, fault.span}, "lines of `" + fault.subject + "` are joined into one");
    found.notes.push_back("written this way, a line end is a space in YAML, while a Corefile needs its lines");
    found.help = "write `" + fault.subject + ": |`, and the text below it, indented";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning};

}  // namespace corefile::rules::corefile_lines_folded
