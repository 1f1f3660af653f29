// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/ascii.hpp"
#include "zone_file.hpp"

namespace corefile::rules::zone_file_glue_missing {
namespace {

bool is_address(const zone::Record& record) { return record.type == zone::type::a || record.type == zone::type::aaaa; }
bool is_below(std::string_view zone, std::string_view name) { return name == zone || name.ends_with('.' + std::string(zone)); }

void tell(const zone::Zone& zone, const zone::Record& record, std::string_view target, Directive file, Report& report) {
  const bool cut = record.owner != zone.origin;
  Diagnostic& found =
      at_record(zone, record, file, fmt::format("the name server `{}` has no address in this zone", without_dot(target)), report);
  if (!cut) found.severity = Severity::info;
  found.notes.push_back(
      cut ? fmt::format("its name lies below `{}`, for which it is the server: resolvers cannot find it without its address here (glue)",
                        without_dot(record.owner))
          : "its name lies in the zone itself, and nobody else has its address");
  found.help = fmt::format("add a line `{} IN A ADDRESS`", target);
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    if (zone.verdict != zone::Verdict::loads) return;
    std::set<std::string, std::less<>> named;
    for (const zone::Record& record : zone.records) {
      if (is_address(record) || record.type == zone::type::cname || record.type == zone::type::dname)
        named.insert(ascii::to_lower(record.owner));
      // Names below it may be made up.
      if (record.owner.starts_with("*.") && (is_address(record) || record.type == zone::type::cname)) return;
    }
    for (const zone::Record& record : zone.records) {
      if (record.type != zone::type::ns) continue;
      const std::string target = ascii::to_lower(record.target);
      // Of a cut, only what lies below it.
      const std::string& needs = record.owner == zone.origin ? zone.origin : record.owner;
      // `zone-file-target-is-address` and `zone-file-target-doubled` say it better.
      if (!is_below(needs, target) || named.contains(target) || !leading_address(target).empty()) continue;
      if (target.ends_with(std::string(without_dot(zone.origin)) + '.' + zone.origin)) continue;
      tell(zone, record, target, file, report);
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_glue_missing
