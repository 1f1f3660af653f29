// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::fallthrough_to_nothing {
namespace {

bool is_only_one(Directive own, ServerBlock block) {
  const auto all = block.directives();
  return std::count_if(all.begin(), all.end(), [own](Directive one) { return one.is(own.plugin()); }) == 1;
}

void check(Directive own, const Context& context, Report& report) {
  const auto fallthrough = own.properties().find("fallthrough");
  if (!fallthrough || !context.load->loads()) return;
  const Config& config = *own.config;
  const ServerBlock block = config.block(own.block());
  // Of a block for every name `root-answers-some-zones` speaks.
  if (any_covers(block.keys(), "") || block.fragment() || block.dropped() || has_foreign_plugin(block) || has_unresolved_import(config))
    return;
  const std::span<const Word> named = fallthrough->arguments();
  if (!all_known(own.zones()) || !all_known(named) || !all_known(block.keys())) return;
  const std::span<const Word> zones = named.empty() ? own.zones() : named;
  if (!any_overlaps(zones, own.zones()) || !is_only_one(own, block) || !shadowed_backends(own, zones, context.release).empty()) return;
  const Testimony testimony = context.ways->ask(block, names_in(block, zones, context.release), {}, nobody_answers);
  if (testimony.refuted) return;
  Diagnostic& found =
      report.at(fallthrough->words, fmt::format("`fallthrough` has nothing to fall through to: no plugin behind `{}` answers", own.name()));
  testimony.add_to(found);
  found.notes.push_back("a name that it does not know gets SERVFAIL instead of NXDOMAIN, so that clients ask again");
  found.help = "remove it, or add `forward` for the names that are to go on";
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::kubernetes, Plugin::etcd, Plugin::k8s_external, Plugin::file, Plugin::auto_,
                                                Plugin::secondary, Plugin::route53, Plugin::azure, Plugin::clouddns, Plugin::nomad},
                                 .lines = {"fallthrough"},
                                 .severity = Severity::info};

}  // namespace corefile::rules::fallthrough_to_nothing
