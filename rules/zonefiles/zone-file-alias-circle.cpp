// SPDX-License-Identifier: Apache-2.0
#include <unordered_map>

#include "base/ascii.hpp"
#include "zone_file.hpp"

namespace corefile::rules::zone_file_alias_circle {
namespace {

using Aliases = std::map<std::string_view, const zone::Record*>;

/// Null where the alias names something else.
const zone::Record* next_of(const zone::Record& alias, const Aliases& aliases) {
  const auto next = aliases.find(ascii::to_lower(alias.target));
  return next == aliases.end() ? nullptr : next->second;
}

/// Of each circle the alias that the file has first. Each alias is walked over once.
std::vector<const zone::Record*> circles(const zone::Zone& zone, const Aliases& aliases) {
  std::vector<const zone::Record*> out;
  std::unordered_map<const zone::Record*, std::size_t> walk_of;
  std::size_t walk = 0;
  for (const auto& [owner, from] : aliases) {
    ++walk;
    const zone::Record* at = from;
    while (at != nullptr && walk_of.try_emplace(at, walk).second) at = next_of(*at, aliases);
    if (at == nullptr || walk_of[at] != walk) continue;
    const zone::Record* first = at;
    for (const zone::Record* other = next_of(*at, aliases); other != at; other = next_of(*other, aliases)) {
      if (other - zone.records.data() < first - zone.records.data()) first = other;
    }
    out.push_back(first);
  }
  return out;
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    const Aliases aliases = aliases_of(zone);
    for (const zone::Record* first : circles(zone, aliases)) {
      Diagnostic& found =
          at_record(zone, *first, file, fmt::format("the alias `{}` leads back to itself", without_dot(first->owner)), report);
      if (const zone::Record* next = next_of(*first, aliases); next != first) {
        found.labels.push_back({report.beside(zone.sources[next->at.document], next->at.span, *file_word(file)), "by way of this one"});
      }
      found.notes.push_back("who asks for its address gets aliases, or SERVFAIL, and no address");
      found.help = "let one of them name a host that has an address";
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_alias_circle
