// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <optional>
#include <string>

#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::cache_disabled_completely {
namespace {

bool all_disabled(std::span<const Word> zones, const std::optional<std::span<const Word>>& disabled) {
  if (!disabled || zones.empty()) return false;
  if (disabled->empty()) return true;
  const ZoneSet out(*disabled);
  return std::all_of(zones.begin(), zones.end(), [&out](const Word& zone) { return out.covers(zone_of(zone)); });
}

void check(Directive cache, const Context& context, Report& report) {
  const CacheSettings& settings = context.stanzas->cache(cache);
  const std::span<const Word> zones = settings.zones;
  if (!all_disabled(zones, settings.without_success) || !all_disabled(zones, settings.without_denial) || !all_known(zones)) return;
  Diagnostic& found = report.at(cache.name_word(), "this `cache` stores nothing");
  found.label = "switched off";
  for (const Property line : cache.properties()) {
    if (line.name() == "disable")
      found.labels.push_back({cache.config->place(line.words), line.arguments().size() > 1 ? "all that is cached" : "for every zone"});
  }
  found.notes.push_back(
      "both stores are disabled for every zone it has; what is left is that it changes the TTL of all answers on their way");
  found.help = "name the zones that must not be cached, as in `disable success cluster.local`, or remove `cache`";
  if (const auto edit = Fixer(*cache.config).remove_lines(cache.words()))
    found.fixes.push_back({"remove `cache`", Safety::unsafe, {*edit}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .lines = {"disable"}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::cache_disabled_completely
