// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::zone_file_soa_twice {
namespace {

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    const zone::Record* last = nullptr;
    const zone::Record* before = nullptr;
    for (const zone::Record& record : zone.records) {
      if (record.type != zone::type::soa || record.owner != zone.origin) continue;
      before = last;
      last = &record;
    }
    if (before == nullptr) return;
    Diagnostic& found = at_record(
        zone, *last, file, fmt::format("a second SOA record of `{}` takes the place of the first", without_dot(zone.origin)), report);
    found.labels.push_back({report.beside(zone.sources[before->at.document], before->at.span, *file_word(file)), "does not count"});
    found.notes.push_back("a serial that is raised in the first one alone tells nobody of a change");
    found.help = "keep one of them";
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}, .severity = Severity::info};

}  // namespace corefile::rules::zone_file_soa_twice
