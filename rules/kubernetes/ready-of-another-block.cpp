// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

namespace corefile::rules::ready_of_another_block {
namespace {

constexpr Release last_block_since{1, 9, 4};

/// Until its lists have come it answers SERVFAIL.
void report_outside(Directive kubernetes, Directive ready, Report& report) {
  Diagnostic& found = report.at(kubernetes.name_word(), "`/ready` does not wait for this `kubernetes`");
  found.labels.push_back({ready.config->place(ready.name_word()), "looks at the plugins of its own block"});
  found.notes.push_back("a pod counts as ready while names of this cluster are SERVFAIL, after its start and where it lacks rights");
  found.help = "write `ready` into this block";
}

void report_several(Directive earlier, Directive last, Report& report) {
  Diagnostic& found = report.at(earlier.name_word(), "of several blocks with `ready` only the last one counts");
  found.label = "`/ready` does not wait for the plugins of this block";
  found.labels.push_back({last.config->place(last.name_word()), "counts"});
  found.notes.push_back("a pod counts as ready while `kubernetes` of this block still answers SERVFAIL");
  found.help = "serve the zones of one cluster in one block, or write `ready` last into the block that matters most";
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  std::optional<Directive> ready, waiting;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    const auto own = block.find(Plugin::ready);
    if (!own) continue;
    ready = own;
    if (!block.find(Plugin::kubernetes)) continue;
    if (waiting && context.release >= last_block_since) return report_several(*waiting, *own, report);
    waiting = own;
  }
  // Where it waits for one, the others have their lists by then as well.
  for (std::uint32_t i = 0; ready && !waiting && i < config.block_count(); ++i) {
    if (const auto kubernetes = config.block(i).find(Plugin::kubernetes)) return report_outside(*kubernetes, *ready, report);
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::ready}, .needs = Precondition::several_blocks, .severity = Severity::info};

}  // namespace corefile::rules::ready_of_another_block
