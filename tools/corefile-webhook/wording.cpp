// SPDX-License-Identifier: Apache-2.0
#include "wording.hpp"

#include <algorithm>
#include <corefile/render.hpp>

namespace corefile::webhook {
namespace {

constexpr std::size_t max_denied = 10;        // findings shown in full
constexpr std::size_t longest_message = 400;  // characters of one
constexpr std::size_t advised = 120;          // what the API server's documentation asks of a warning

std::string count(std::size_t number, std::string_view adjective, std::string_view word) {
  return std::to_string(number) + ' ' + std::string(adjective) + std::string(word) + (number == 1 ? "" : "s");
}

std::string headline(const Finding& finding) {
  return visible(finding.where) + ": " + std::string(to_string(finding.severity)) + '[' + std::string(finding.rule) + "] " +
         visible(finding.message);
}

std::size_t runes_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string warning(const Finding& finding) {
  std::string text = headline(finding);
  if (!finding.fresh) return shortened(std::move(text), max_warning - 19) + " (was there before)";
  if (std::string advice = text + ": " + visible(finding.help); !finding.help.empty() && runes_of(advice) <= advised) return advice;
  return shortened(std::move(text), max_warning);
}

}  // namespace

std::string shortened(std::string text, std::size_t runes) {
  if (text.size() <= runes || runes_of(text) <= runes) return text;
  std::size_t end = 0;
  for (std::size_t left = runes - 1; end < text.size(); ++end) {
    if ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) continue;
    if (left-- == 0) break;
  }
  return text.substr(0, end) + "…";
}

std::string tally(std::size_t errors, std::size_t warnings, std::string_view adjective) {
  if (errors == 0) return count(warnings, adjective, "warning");
  return count(errors, adjective, "error") + (warnings == 0 ? "" : ", " + count(warnings, adjective, "warning"));
}

std::vector<std::string> warnings(const std::vector<Finding>& findings) {
  std::vector<const Finding*> worst;
  for (const Finding& finding : findings) {
    if (finding.severity >= Severity::warning) worst.push_back(&finding);
  }
  std::stable_sort(worst.begin(), worst.end(),
                   [](const Finding* a, const Finding* b) { return std::pair(b->severity, b->fresh) < std::pair(a->severity, a->fresh); });
  std::vector<std::string> out;
  for (const Finding* finding : worst) {
    if (out.size() + 1 == max_warnings && worst.size() > max_warnings) {
      out.push_back("and " + std::to_string(worst.size() - out.size()) + " more; corefile-lint shows them all");
      break;
    }
    out.push_back(warning(*finding));
  }
  return out;
}

std::string named(const Options& options) {
  return "CoreDNS " + to_string(options.release) + (options.release_assumed ? " (assumed)" : "");
}

std::string denial(const std::vector<const Finding*>& findings, const std::string& object, bool change, const Options& options) {
  const auto errors = static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [](const Finding* f) { return f->severity == Severity::error; }));
  std::string out =
      visible(object) + ": " + tally(errors, findings.size() - errors, change ? "new " : "") + " for " + named(options) + '\n';
  std::size_t shown = 0;
  for (const Finding* finding : findings) {
    if (shown++ == max_denied) {
      out += "and " + std::to_string(findings.size() - max_denied) + " more\n";
      break;
    }
    out += shortened(headline(*finding), longest_message) + '\n';
    if (!finding->note.empty()) out += "  note: " + shortened(visible(finding->note), longest_message) + '\n';
    if (!finding->help.empty()) out += "  help: " + shortened(visible(finding->help), longest_message) + '\n';
  }
  return out;
}

}  // namespace corefile::webhook
