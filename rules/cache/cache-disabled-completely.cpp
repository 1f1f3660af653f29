// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <string>

#include "lint/cache.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::cache_disabled_completely {
namespace {

bool all_disabled(Directive cache, std::span<const Word> zones, std::string_view kind) {
  const auto disabled = disabled_zones(cache, kind);
  if (!disabled || zones.empty()) return false;
  if (disabled->empty()) return true;
  const ZoneSet out(*disabled);
  return std::all_of(zones.begin(), zones.end(), [&out](const Word& zone) { return out.covers(zone_of(zone)); });
}

void check(Directive cache, const Context&, Report& report) {
  const std::span<const Word> zones = cache.zones();
  if (!all_disabled(cache, zones, "success") || !all_disabled(cache, zones, "denial") || !all_known(zones)) return;
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
