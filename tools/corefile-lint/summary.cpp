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
  std::size_t suppressed = 0;
  std::string_view rule;  // of the first of the severest
};

// What `apply` would take: the first fix of a finding, in the file itself.
const Fix* taken(const Diagnostic& found) {
  if (found.fixes.empty() || found.fixes.front().edits.empty()) return nullptr;
  const Fix& fix = found.fixes.front();
  const bool elsewhere = std::any_of(fix.edits.begin(), fix.edits.end(), [](const Edit& edit) { return edit.place.document != 0; });
  return elsewhere ? nullptr : &fix;
}

void add_fix(const Diagnostic& found, Sums& sums) {
  const Fix* fix = taken(found);
  if (fix == nullptr) return;
  if (fix->safety == Safety::safe) ++sums.safe;
  if (fix->safety == Safety::unsafe) ++sums.unsafe;
}

Sums sum(const std::vector<Analysis>& analyses) {
  Sums sums;
  Severity worst = Severity::info;
  for (const Analysis& analysis : analyses) {
    if (!analysis.diagnostics.empty()) ++sums.files;
    sums.dropped += analysis.dropped;
    sums.suppressed += analysis.suppressed.size();
    for (const Diagnostic& found : analysis.diagnostics) {
      ++sums.by_severity[static_cast<std::size_t>(found.severity)];
      if (sums.rule.empty() || found.severity > worst) {
        sums.rule = found.rule;
        worst = found.severity;
      }
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

std::string explanation(std::string_view rule, const std::string& pages, const Catalogue& catalogue) {
  std::string command = "corefile-lint explain " + std::string(rule);
  const Catalogue::Entry* entry = catalogue.find(rule);
  if (pages.empty() || entry == nullptr) return command;
  const std::string address = pages + '/' + std::string(entry->group) + '/' + std::string(rule) + ".md";
  return "\x1b]8;;" + address + "\x1b\\" + command + "\x1b]8;;\x1b\\";
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

bool safely_fixable(const Diagnostic& found) {
  const Fix* fix = taken(found);
  return fix != nullptr && fix->safety == Safety::safe;
}

std::string summary(const Results& results, const Options& options, std::size_t unread, const std::string& pages,
                    const Catalogue& catalogue) {
  const std::vector<Analysis>& analyses = results.analyses;
  const std::string release = releases(analyses, options);
  const Sums sums = sum(analyses);
  std::string out;
  if (sums.files > 0) {
    out = counts(sums) + " in ";
    out += analyses.size() == sums.files ? count(sums.files, "file") : std::to_string(sums.files) + " of " + count(analyses.size(), "file");
    out += release;
  } else if (!analyses.empty() && unread == 0) {
    out = (sums.suppressed + results.known > 0 ? "No further problems found in " : "No problems found in ") +
          count(analyses.size(), "file") + release;
  }
  if (unread > results.unwritten) out += count(unread - results.unwritten, "input") + " could not be read\n";
  if (results.unwritten > 0) out += count(results.unwritten, "file") + " could not be rewritten\n";
  if (sums.dropped > 0) out += count(sums.dropped, "further finding") + " not shown\n";
  if (sums.suppressed > 0)
    out += count(sums.suppressed, "finding") + " ignored by comments or annotations (`--no-suppressions` shows them)\n";
  if (results.known > 0) out += count(results.known, "finding") + " of the baseline not shown\n";
  if (results.gone > 0) out += count(results.gone, "finding") + " of the baseline found no more: write it anew with `--write-baseline`\n";
  out += fixes(sums);
  if (!sums.rule.empty()) out += "More about a rule: " + explanation(sums.rule, pages, catalogue) + '\n';
  return out;
}

}  // namespace corefile::app
