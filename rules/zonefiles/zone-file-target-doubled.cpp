// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "zone_file.hpp"

namespace corefile::rules::zone_file_target_doubled {
namespace {

/// `www.example.org.example.org.` of the zone `example.org.`.
bool is_doubled(std::string_view target, std::string_view origin) {
  const std::string twice = std::string(without_dot(origin)) + '.' + std::string(origin);
  return origin.size() > 1 && (target == twice || target.ends_with('.' + twice));
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    for (const zone::Record& record : zone.records) {
      const std::string target = ascii::to_lower(record.target);
      if (!is_doubled(target, zone.origin)) continue;
      // There may be such a host.
      if (std::any_of(zone.records.begin(), zone.records.end(), [&](const zone::Record& one) { return one.owner == target; })) continue;
      const std::string meant = target.substr(0, target.size() - zone.origin.size());
      Diagnostic& found =
          at_record(zone, record, file, fmt::format("the target is `{}`: its last dot is missing", without_dot(target)), report);
      found.notes.push_back(fmt::format("a name without a dot at its end gets `{}` behind it", without_dot(zone.origin)));
      found.help = fmt::format("write `{}`, with its last dot, or the part before the zone alone", meant);
    }
  });
}

}  // namespace

extern constinit const Rule rule{
    .name = "zone-file-target-doubled",
    .summary = "A name of a zone file gets the zone behind it a second time",
    .check = check,
    .directives = {Plugin::file},
};

}  // namespace corefile::rules::zone_file_target_doubled
