// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "base/ascii.hpp"
#include "zone_file.hpp"

namespace corefile::rules::zone_file_target_doubled {
namespace {

/// `www.example.org.example.org.` of the zone `example.org.`.
bool is_doubled(std::string_view target, std::string_view origin) {
  const std::string twice = std::string(without_dot(origin)) + '.' + std::string(origin);
  return origin.size() > 1 && (target == twice || target.ends_with('.' + twice));
}

// Ends of public names that no label of a zone's own name is called.
constexpr std::array<std::string_view, 5> ends{"com", "net", "org", "edu", "gov"};

/// `mail.provider.com.example.org.` of the zone `example.org.`, which itself has no name below `com.example.org.`.
bool is_outside_name(std::string_view target, const zone::Zone& zone) {
  const std::string below = '.' + std::string(zone.origin);
  if (zone.origin.size() < 2 || !target.ends_with(below)) return false;
  const std::string_view own = target.substr(0, target.size() - below.size());
  const std::size_t dot = own.rfind('.');
  if (dot == std::string_view::npos || std::find(ends.begin(), ends.end(), own.substr(dot + 1)) == ends.end()) return false;
  const std::string end = std::string(own.substr(dot + 1)) + below;
  return std::none_of(zone.records.begin(), zone.records.end(),
                      [&](const zone::Record& one) { return one.owner == end || one.owner.ends_with('.' + end); });
}

/// Names of hosts do not lie in zones of addresses.
bool is_host_in_reverse(const zone::Record& record, std::string_view target, std::string_view origin) {
  return record.type == zone::type::ptr && origin.ends_with(".arpa.") && target.ends_with('.' + std::string(origin));
}

std::string remedy(const std::string& meant, bool outside) {
  if (meant.find('.') + 1 == meant.size()) return "write the host's whole name, with its last dot";
  return outside ? fmt::format("write `{}`, with its last dot", meant)
                 : fmt::format("write `{}`, with its last dot, or the part before the zone alone", meant);
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    for (const zone::Record& record : zone.records) {
      const std::string target = ascii::to_lower(record.target);
      const bool outside = !is_doubled(target, zone.origin);
      if (outside && !is_outside_name(target, zone) && !is_host_in_reverse(record, target, zone.origin)) continue;
      // There may be such a host.
      if (std::any_of(zone.records.begin(), zone.records.end(), [&](const zone::Record& one) { return one.owner == target; })) continue;
      const std::string meant = target.substr(0, target.size() - zone.origin.size());
      Diagnostic& found =
          at_record(zone, record, file, fmt::format("the target is `{}`: its last dot is missing", without_dot(target)), report);
      found.notes.push_back(fmt::format("a name without a dot at its end gets `{}` behind it", without_dot(zone.origin)));
      found.help = remedy(meant, outside);
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_target_doubled
