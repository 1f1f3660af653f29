// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include "base/ascii.hpp"
#include "zone_file.hpp"

namespace corefile::rules::zone_file_alias_circle {
namespace {

using Aliases = std::map<std::string, const zone::Record*, std::less<>>;

/// The aliases that lead from this one back to it, itself last; none if they end, or go round without it.
std::vector<const zone::Record*> circle_of(const zone::Record& from, const Aliases& aliases) {
  std::vector<const zone::Record*> way;
  for (const zone::Record* at = &from; way.size() <= aliases.size();) {
    const auto next = aliases.find(ascii::to_lower(at->target));
    if (next == aliases.end()) return {};
    way.push_back(next->second);
    if (next->second == &from) return way;
    at = next->second;
  }
  return {};
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    Aliases aliases;
    for (const zone::Record& record : zone.records) {
      if (record.type == zone::type::cname) aliases.emplace(record.owner, &record);
    }
    std::set<const zone::Record*> told;
    for (const zone::Record& record : zone.records) {
      const auto own = aliases.find(record.owner);
      if (record.type != zone::type::cname || own == aliases.end() || own->second != &record || told.contains(&record)) continue;
      const std::vector<const zone::Record*> circle = circle_of(record, aliases);
      if (circle.empty()) continue;
      told.insert(circle.begin(), circle.end());
      Diagnostic& found =
          at_record(zone, record, file, fmt::format("the alias `{}` leads back to itself", without_dot(record.owner)), report);
      if (circle.size() > 1) {
        const Place next = circle.front()->at;
        found.labels.push_back({report.beside(zone.sources[next.document], next.span, *file_word(file)), "by way of this one"});
      }
      found.notes.push_back("who asks for its address gets aliases, or SERVFAIL, and no address");
      found.help = "let one of them name a host that has an address";
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_alias_circle
