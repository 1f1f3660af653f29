// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/upstream.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::backend_behind_forward {
namespace {

/// A forward that takes all names of the block and passes none on.
std::optional<Directive> taker(ServerBlock block) {
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::forward)) continue;
    const Word* from = from_word(directive);
    if (from == nullptr || !comparable(*from) || directive.properties().has("except")) continue;
    const std::string_view zone = zone_of(*from);
    const std::span<const Word> keys = block.keys();
    const bool all = std::all_of(keys.begin(), keys.end(), [zone](const Word& key) { return covers(zone, zone_of(key)); });
    if (all && !keys.empty()) return directive;
  }
  return {};
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads() || block.fragment() || block.dropped() || !block.has(Plugin::forward)) return;
  const auto forward = taker(block);
  if (!forward) return;
  const int position = chain_position(Plugin::forward, context.release);
  for (const Directive directive : block.directives()) {
    if (directive.is(Plugin::forward) || !is_backend(directive.plugin())) continue;
    if (chain_position(directive.plugin(), context.release) <= position) continue;
    const Testimony testimony = context.ways->ask(block, names_in(block, context.release), {}, kept_from(directive, *forward));
    if (testimony.refuted) continue;
    Diagnostic& found =
        report.at(directive.name_word(), fmt::format("`{}` is never asked: `forward` takes every name before it", directive.name()));
    const bool test = directive.is(Plugin::erratic) || directive.is(Plugin::whoami);
    if (test) found.severity = Severity::info;
    found.label = "behind `forward`";
    found.labels.push_back({place_of(*forward), "takes all names"});
    testimony.add_to(found);
    found.notes.push_back("CoreDNS asks plugins in a fixed order, not in the file's, and `forward` passes nothing on");
    found.help =
        test ? "remove it, or give it a server block of its own"
             : fmt::format("give `{}` a server block of its own, or leave its zone out of `forward` with `except`", directive.name());
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::erratic, Plugin::whoami, Plugin::grpc, Plugin::nomad}};

}  // namespace corefile::rules::backend_behind_forward
