// SPDX-License-Identifier: Apache-2.0
#include "summary.hpp"

#include <algorithm>
#include <array>

#include "words.hpp"

namespace corefile::app {
namespace {

struct Sums {
  std::array<std::size_t, 3> by_severity{};
  std::size_t files = 0;  // with findings
  std::size_t dropped = 0;
  std::size_t safe = 0, unsafe = 0;
};

// What `apply` would take: the first fix of a finding, in the file itself.
void add_fix(const Diagnostic& found, Sums& sums) {
  if (found.fixes.empty() || found.fixes.front().edits.empty()) return;
  const Fix& fix = found.fixes.front();
  if (std::any_of(fix.edits.begin(), fix.edits.end(), [](const Edit& edit) { return edit.place.document != 0; })) return;
  if (fix.safety == Safety::safe) ++sums.safe;
  if (fix.safety == Safety::unsafe) ++sums.unsafe;
}

Sums sum(const std::vector<Analysis>& analyses) {
  Sums sums;
  for (const Analysis& analysis : analyses) {
    if (!analysis.diagnostics.empty()) ++sums.files;
    sums.dropped += analysis.dropped;
    for (const Diagnostic& found : analysis.diagnostics) {
      ++sums.by_severity[static_cast<std::size_t>(found.severity)];
      add_fix(found, sums);
    }
  }
  return sums;
}

std::string counts(const Sums& sums) {
  std::string out;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    const std::size_t number = sums.by_severity[static_cast<std::size_t>(severity)];
    if (number == 0) continue;
    if (!out.empty()) out += ", ";
    out += count(number, to_string(severity));
  }
  return out;
}

std::string fixes(const Sums& sums) {
  if (sums.safe == 0 && sums.unsafe == 0) return {};
  if (sums.safe == 0) return count(sums.unsafe, "finding") + " can be fixed with `--fix --unsafe-fixes`\n";
  std::string out = count(sums.safe, "finding") + " can be fixed with `--fix`";
  if (sums.unsafe > 0) out += ", " + std::to_string(sums.unsafe) + " more with `--fix --unsafe-fixes`";
  return out + '\n';
}

/// The release that was checked for: asked for, named by the manifests, or assumed.
std::string releases(const std::vector<Analysis>& analyses, const Options& options) {
  std::vector<Release> named;
  bool assumed = false;
  for (const Analysis& analysis : analyses) {
    assumed = assumed || !analysis.release;
    if (analysis.release && std::find(named.begin(), named.end(), *analysis.release) == named.end()) named.push_back(*analysis.release);
  }
  std::string out = " (CoreDNS ";
  if (!options.release_assumed) return out + to_string(options.release) + ")\n";
  for (const Release release : named) out += (release == named.front() ? "" : ", ") + to_string(release);
  if (!named.empty()) out += " as the manifests say";
  if (assumed) out += (named.empty() ? "" : ", else ") + to_string(options.release) + " assumed";
  return out + ")\n";
}

}  // namespace

std::string summary(const std::vector<Analysis>& analyses, const Options& options, bool complete) {
  if (analyses.empty()) return {};
  const std::string release = releases(analyses, options);
  const Sums sums = sum(analyses);
  if (sums.files == 0) return complete ? "No problems found in " + count(analyses.size(), "file") + release : std::string();
  std::string out = counts(sums) + " in ";
  out += analyses.size() == sums.files ? count(sums.files, "file") : std::to_string(sums.files) + " of " + count(analyses.size(), "file");
  out += release;
  if (sums.dropped > 0) out += count(sums.dropped, "further finding") + " not shown\n";
  return out + fixes(sums);
}

}  // namespace corefile::app
