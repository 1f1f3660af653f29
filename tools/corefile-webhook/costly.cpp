// SPDX-License-Identifier: Apache-2.0
#include "costly.hpp"

#include <algorithm>
#include <corefile/load.hpp>

namespace corefile::webhook {
namespace {

constexpr std::size_t surely_cheap = 2048;       // bytes; kubeadm's Corefile has 500
constexpr std::uint64_t most_pairs = 4'000'000;  // of lines in a block, or of faults and words: a tenth of a second
constexpr std::size_t most_shown = 100;

std::uint64_t pairs(const Config& config, std::size_t faults) {
  std::uint64_t sum = static_cast<std::uint64_t>(faults) * config.words.size();
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    const std::uint64_t lines = block.keys().size() + block.directives().size();
    sum += lines * lines;
  }
  return sum;
}

Finding found(const Config& config, const Text& text, const Place& place, std::string message) {
  Finding finding;
  finding.rule = "load";
  finding.severity = Severity::error;
  const Source& source = config.document(place.document).source();
  const Position at = source.position(place.span.begin);
  finding.where = text.key + ':' + std::to_string(at.line) + ':' + std::to_string(at.column);
  finding.message = std::move(message);
  finding.marked = source.text(place.span).substr(0, 200);
  finding.line = source.text(source.line(place.span.begin)).substr(0, 200);
  return finding;
}

}  // namespace

std::optional<std::vector<Finding>> judge_costly(const Text& text, const Options& options) {
  if (text.text.size() <= surely_cheap) return {};
  ResolveOptions resolving;
  resolving.environment = options.environment;
  resolving.limits = options.limits;
  resolving.form = text.key.ends_with(".override") ? Form::directives : Form::corefile;
  const Config config = resolve(parse(Source(text.key, text.text)), resolving);
  const LoadVerdict verdict = load(config, options.release, options.plugins);
  if (pairs(config, verdict.faults.size()) <= most_pairs) return {};

  std::vector<Finding> out;
  for (const Refusal& refusal : config.refusals) {
    if (out.size() < most_shown && refusal.certain) out.push_back(found(config, text, refusal.place, refusal.message));
  }
  for (const LoadFault& fault : verdict.faults) {
    if (out.size() >= most_shown) break;
    if (fault.kind == LoadFault::Kind::syntax) continue;
    Finding finding = found(config, text, fault.place, fault.message);
    finding.note = fault.says;
    finding.help = fault.help;
    out.push_back(std::move(finding));
  }
  Finding limit;
  limit.rule = "beyond-limits";
  limit.where = text.key;
  limit.message = "too much in one place for all checks: only what CoreDNS refuses was looked for";
  limit.help = "spread it over several server blocks";
  out.push_back(std::move(limit));
  return out;
}

}  // namespace corefile::webhook
