// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "conformance.hpp"

namespace conformance {

using nlohmann::json;

namespace {

// In thousandths.
constexpr std::size_t least_broken = 950, least_altered = 900, most_same = 10;

std::vector<corefile::Diagnostic> findings(const std::string& text, const RecordedFiles& files) {
  corefile::Options options;
  options.release = corefile::Release{1, 15, 0};
  options.release_assumed = false;
  options.kind = corefile::InputKind::corefile;
  options.role = corefile::Role::cluster;
  options.cluster_domain = "cluster.local";
  options.files = &files;
  options.environment = recorded_environment();
  return corefile::check(corefile::Source(std::string(working_folder) + "/Corefile", text), options).diagnostics;
}

std::string identity(const corefile::Diagnostic& finding) { return fmt::format("{}: {}", finding.rule, finding.message); }

std::uint32_t line_of(const std::string& text, std::uint32_t offset) {
  return static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + std::min<std::ptrdiff_t>(offset, std::ssize(text)), '\n')) + 1;
}

// The first line on which the copy differs from its base.
std::uint32_t slip_line(const std::string& base, const std::string& text) {
  const auto [a, b] = std::mismatch(base.begin(), base.end(), text.begin(), text.end());
  return line_of(text, static_cast<std::uint32_t>(b - text.begin()));
}

}  // namespace

void Slips::read_traps(const std::string& path) {
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos && line.find(' ') > colon) traps_.insert(line.substr(0, colon));
  }
}

void Slips::add(const json& recorded, const RecordedFiles& files, bool quiet) {
  const std::string effect = recorded.at("effect");
  const std::string base = recorded.at("base");
  const std::string text = recorded.at("corefile");
  const std::vector<corefile::Diagnostic> found = findings(text, files);
  if (effect == "base") {
    Base& entry = bases_[base];
    entry.text = text;
    for (const auto& finding : found) entry.known.insert(identity(finding));
    return;
  }
  const auto known = bases_.find(base);
  std::vector<const corefile::Diagnostic*> beyond;
  for (const auto& finding : found) {
    if (known == bases_.end() || !known->second.known.contains(identity(finding))) beyond.push_back(&finding);
  }
  const auto at_least = [&](corefile::Severity severity) {
    return std::any_of(beyond.begin(), beyond.end(), [severity](const auto* finding) { return finding->severity >= severity; });
  };
  const auto error =
      std::find_if(found.begin(), found.end(), [](const auto& finding) { return finding.severity == corefile::Severity::error; });
  Tally& tally = by_effect_[effect];
  Tally& by_edit = by_edit_[{effect, recorded.value("edit", "")}];
  ++tally.asked;
  ++by_edit.asked;
  const bool flagged = effect == "refused"   ? error != found.end()
                       : effect == "altered" ? !beyond.empty()
                                             : at_least(corefile::Severity::warning);
  const bool trap = effect == "same" && flagged && std::all_of(beyond.begin(), beyond.end(), [&](const auto* finding) {
                      return finding->severity < corefile::Severity::warning || traps_.contains(finding->rule);
                    });
  trapped_ += trap ? 1 : 0;
  tally.flagged += flagged ? 1 : 0;
  by_edit.flagged += flagged ? 1 : 0;
  const bool false_error = effect != "refused" && error != found.end();
  false_errors_ += false_error ? 1 : 0;
  if (effect == "refused" && error != found.end() && known != bases_.end()) {
    ++lines_;
    const std::uint32_t slip = slip_line(known->second.text, text);
    const std::uint32_t blamed = blamed_line(recorded.value("error", ""));
    const bool near = std::any_of(found.begin(), found.end(), [&](const auto& finding) {
      const std::uint32_t line = line_of(text, finding.place.span.begin);
      return finding.severity == corefile::Severity::error && (line == slip || line == blamed);
    });
    lines_near_ += near ? 1 : 0;
  }
  if (quiet || (!false_error && (effect == "same" ? !flagged || trap : flagged))) return;
  fmt::print("{} {} {} {}\n  {}\n",
             false_error        ? "false error"
             : effect == "same" ? "warned"
                                : "missed",
             effect, recorded.value("edit", ""), json(text).dump(),
             false_error           ? identity(*error)
             : effect == "refused" ? recorded.value("error", "")
             : beyond.empty()      ? ""
                                   : identity(*beyond.front()));
}

void Slips::print() const {
  const auto row = [](const std::string& effect, const std::string& edit, const Tally& tally) {
    fmt::print("{:<10} {:<24} {:>6} of {:>6}\n", effect, edit, tally.flagged, tally.asked);
  };
  fmt::print("{:<10} {:<24} {:>6}\n", "effect", "edit", "flagged");
  for (const auto& [key, tally] : by_edit_) row(key.first, key.second, tally);
  const auto of = [this](const std::string& effect) {
    const auto found = by_effect_.find(effect);
    return found == by_effect_.end() ? Tally{} : found->second;
  };
  const Tally refused = of("refused"), broken = of("broken"), altered = of("altered"), same = of("same");
  fmt::print("an error on the slip's line or the one CoreDNS blames: {} of {}\n", lines_near_, lines_);
  fmt::print(
      "slips: refused {} of {}, broken {} of {} flagged, altered {} of {} flagged, same {} of {} warned, {} of these traps, {} false "
      "errors\n",
      refused.flagged, refused.asked, broken.flagged, broken.asked, altered.flagged, altered.asked, same.flagged, same.asked, trapped_,
      false_errors_);
}

bool Slips::good() const {
  const auto refused = by_effect_.find("refused");
  return false_errors_ == 0 && (refused == by_effect_.end() || refused->second.flagged == refused->second.asked);
}

bool Slips::reached() const {
  if (!good()) fmt::print("fallen short: a refused slip without an error, or an error on what loads\n");
  const bool near = 100 * lines_near_ >= 90 * lines_;
  if (!near) fmt::print("fallen short: less than 90 % of the errors stand on the slip's line or the one that CoreDNS blames\n");
  const auto share = [this](const char* effect, std::size_t less) {
    const auto found = by_effect_.find(effect);
    return found == by_effect_.end() || found->second.asked == 0 ? 0 : 1000 * (found->second.flagged - less) / found->second.asked;
  };
  const bool enough = share("broken", 0) >= least_broken && share("altered", 0) >= least_altered;
  if (!enough) fmt::print("fallen short: too few of the slips that break or alter answers are flagged\n");
  const bool calm = share("same", trapped_) <= most_same;
  if (!calm) fmt::print("fallen short: too many of the slips that change nothing are warned of\n");
  return good() && near && enough && calm;
}

}  // namespace conformance
