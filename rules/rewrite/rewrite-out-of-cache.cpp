// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_out_of_cache {
namespace {

constexpr Release rewrite_first{1, 14, 7};  // before, cache stood in front of rewrite

/// Before, `cache` saw the client's names: zones that they are rewritten to are never asked for.
void check_old(ServerBlock block, const CacheSettings& settings, Report& report) {
  if (!settings.own_zones || !all_known(block.keys()) || any_overlaps(settings.zones, block.keys())) return;
  Diagnostic& found = report.at(settings.zones, "`cache` is asked before `rewrite` here, and no client asks for these names");
  found.label = "keeps nothing";
  found.labels.push_back({block.config->place(block.keys().front()), "what clients ask for"});
  found.notes.push_back("up to CoreDNS 1.14.6 `cache` sees the name that the client asked for");
  found.help = "name zones of this block, or leave them out";
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads() || block.fragment()) return;
  const auto cache = block.find(Plugin::cache);
  if (!cache || !block.has(Plugin::rewrite)) return;
  const CacheSettings& settings = context.stanzas->cache(*cache);
  if (settings.zones.empty() || !all_known(settings.zones)) return;
  if (context.release < rewrite_first) return check_old(block, settings, report);
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::rewrite)) continue;
    const auto& rule = context.stanzas->name_rule(directive);
    if (!rule) continue;
    const std::string_view made = made_end(*rule);
    if (made.empty() || any_covers(settings.zones, made)) continue;
    Diagnostic& found = report.at(cache->name_word(), fmt::format("`cache` keeps nothing of names that become `{}`", rule->to->text));
    found.label = settings.own_zones ? "for other zones" : "for the block's zones";
    found.labels.push_back({block.config->place(*rule->to), "outside of them"});
    found.notes.push_back("from CoreDNS 1.14.7 on `cache` stands behind `rewrite` and sees the name that it makes; before, the client's");
    found.help = "name the zones to keep, all of them with `.`: `cache 30 .`";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}, .severity = Severity::info};

}  // namespace corefile::rules::rewrite_out_of_cache
