// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::zone_file_cname_beside_data {
namespace {

bool may_stand_beside(std::uint16_t type) {
  return type == zone::type::cname || type == zone::type::rrsig || type == zone::type::nsec || type == zone::type::sig ||
         type == zone::type::key;
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    auto aliases = aliases_of(zone);
    if (aliases.empty()) return;
    for (const zone::Record& record : zone.records) {
      const auto alias = may_stand_beside(record.type) ? aliases.end() : aliases.find(record.owner);
      if (alias == aliases.end()) continue;
      const std::string type = zone::type_name(record.type, zone.release);
      Diagnostic& found = at_record(
          zone, record, file,
          fmt::format("`{}` has a CNAME record, so that its {} record is never answered", without_dot(record.owner), type), report);
      found.labels.push_back(
          {report.beside(zone.sources[alias->second->at.document], alias->second->at.span, *file_word(file)), "the CNAME record"});
      found.notes.push_back("a name that is an alias has no other records");
      found.help = "remove one of them";
      aliases.erase(alias);
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_cname_beside_data
