// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::zone_file_target_is_address {
namespace {

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    for (const zone::Record& record : zone.records) {
      const std::string_view address = leading_address(record.target);
      if (address.empty() || record.type == zone::type::ptr) continue;
      const std::string_view rest = std::string_view(record.target).substr(address.size() + 1);
      if (!rest.empty() && rest != zone.origin) continue;
      const std::string type = zone::type_name(record.type, zone.release);
      Diagnostic& found = at_record(
          zone, record, file,
          fmt::format("the {} record names the host `{}`, which looks like an address", type, without_dot(record.target)), report);
      found.notes.push_back(fmt::format("a record of type {} holds a name; nobody can look this one up", type));
      found.help = fmt::format("write the host's name, and give that name the address in an A record: `ns1 A {}`", address);
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_target_is_address
