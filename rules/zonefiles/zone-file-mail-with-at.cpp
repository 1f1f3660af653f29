// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::zone_file_mail_with_at {
namespace {

/// The second name of a SOA record, as miekg/dns prints it.
std::string_view mailbox(std::string_view rdata) {
  const std::size_t space = rdata.find(' ');
  if (space == std::string_view::npos) return {};
  rdata.remove_prefix(space + 1);
  return rdata.substr(0, rdata.find(' '));
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    for (const zone::Record& record : zone.records) {
      if (record.type != zone::type::soa) continue;
      std::string name(mailbox(record.rdata));
      const std::size_t at = name.find('@');
      if (at == std::string::npos) continue;
      const std::size_t from = at > 0 && name[at - 1] == '\\' ? at - 1 : at;
      name.replace(from, at - from + 1, ".");
      Diagnostic& found = at_record(zone, record, file, "the SOA record writes a mail address with an `@`", report);
      found.notes.push_back("a SOA record holds it as a name whose first label is the mailbox; the `@` becomes part of that label");
      found.help = fmt::format("write `{}`", name);
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}, .severity = Severity::info};

}  // namespace corefile::rules::zone_file_mail_with_at
