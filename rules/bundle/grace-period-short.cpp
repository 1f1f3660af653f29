// SPDX-License-Identifier: Apache-2.0
#include "go/number.hpp"
#include "reading.hpp"

namespace corefile::rules::grace_period_short {
namespace {

constexpr std::int64_t usual_period = 30;  // Kubernetes's own, where none is written
constexpr std::int64_t second = 1'000'000'000;

/// `lameduck` of some `health`, the longest.
const Word* lameduck_of(const Config& config, std::int64_t& seconds) {
  const Word* longest = nullptr;
  for (const Directive directive : config.directives()) {
    if (!directive.is(Plugin::health)) continue;
    const auto property = directive.properties().find("lameduck");
    if (!property || property->arguments().size() != 1 || property->arguments().front().unknown != 0) continue;
    const auto duration = go::parse_duration(property->arguments().front().text);
    if (!duration || (longest != nullptr && *duration / second <= seconds)) continue;
    longest = &property->arguments().front();
    seconds = *duration / second;
  }
  return longest;
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const Run& run : read_runs(manifest)) {
    std::int64_t seconds = 0;
    const Word* lameduck = lameduck_of(run.base.config, seconds);
    const Written& written = run.workload->grace_period;
    const auto period = written.text.empty() ? std::optional(usual_period) : read_number(written.text);
    if (lameduck == nullptr || !period || *period > seconds || seconds == 0) continue;
    const Place at = written.text.empty() ? run.base.outer(*lameduck) : Place{0, written.span};
    Diagnostic& found =
        report.at(at, fmt::format("the kubelet kills CoreDNS after {} s, within its `lameduck {}`", *period, lameduck->text));
    if (!written.text.empty()) found.labels.push_back({run.base.outer(*lameduck), "goes on answering for so long"});
    found.notes.push_back("queries that arrive while clients still have the pod's address are refused from that moment");
    found.help = fmt::format("write `terminationGracePeriodSeconds: {}` or more, or a shorter `lameduck`", seconds + 5);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::grace_period_short
