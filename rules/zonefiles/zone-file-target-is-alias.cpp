// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "zone_file.hpp"

namespace corefile::rules::zone_file_target_is_alias {
namespace {

bool wants_a_host(std::uint16_t type) { return type == zone::type::ns || type == zone::type::mx || type == zone::type::srv; }

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    auto aliases = aliases_of(zone);
    if (aliases.empty()) return;
    for (const zone::Record& record : zone.records) {
      if (!wants_a_host(record.type)) continue;
      const auto alias = aliases.find(ascii::to_lower(record.target));
      if (alias == aliases.end()) continue;
      const std::string type = zone::type_name(record.type, zone.release);
      Diagnostic& found = at_record(zone, record, file,
                                    fmt::format("the {} record names `{}`, which is an alias", type, without_dot(record.target)), report);
      found.labels.push_back(
          {report.beside(zone.sources[alias->second->at.document], alias->second->at.span, *file_word(file)), "the alias"});
      found.notes.push_back(
          "no address comes along with it, and some resolvers and mail servers do not follow aliases there (RFC 2181, 10.3)");
      found.help = fmt::format("name `{}` itself, or give `{}` an address of its own", without_dot(alias->second->target),
                               without_dot(record.target));
      aliases.erase(alias);
      if (aliases.empty()) return;
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}, .severity = Severity::info};

}  // namespace corefile::rules::zone_file_target_is_alias
