// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::zone_file_record_outside {
namespace {

const zone::Record* record_at(const zone::Zone& zone, const Place& at) {
  const auto one = std::find_if(zone.records.begin(), zone.records.end(), [&](const zone::Record& record) {
    return record.at.document == at.document && record.at.span.begin <= at.span.begin && at.span.begin <= record.at.span.end;
  });
  return one == zone.records.end() ? nullptr : &*one;
}

/// Its owner is a server that some record of the zone names.
bool is_glue(const zone::Zone& zone, const zone::Record& record) {
  if (record.type != zone::type::a && record.type != zone::type::aaaa) return false;
  return std::any_of(zone.records.begin(), zone.records.end(), [&](const zone::Record& one) { return one.target == record.owner; });
}

void check(Directive file, const Context& context, Report& report) {
  if (context.files != nullptr && context.zone_files->of(file).size() > 1 && !file.is(Plugin::auto_)) return;
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    const zone::Record* first = nullptr;
    std::size_t outside = 0;
    for (const zone::Problem& problem : zone.problems) {
      if (problem.kind != zone::Problem::Kind::outside_zone) continue;
      const zone::Record* record = record_at(zone, problem.at);
      if (record == nullptr || is_glue(zone, *record)) continue;
      first = first == nullptr ? record : first;
      ++outside;
    }
    // Where most are, the file is another zone's.
    if (first == nullptr || outside * 2 > zone.records.size()) return;
    const std::string_view origin = without_dot(zone.origin);
    const std::string_view owner = without_dot(first->owner);
    Diagnostic& found =
        at_record(zone, *first, file,
                  outside == 1 ? fmt::format("`{}` is not in the zone `{}`", owner, origin)
                               : fmt::format("{} records are not in the zone `{}`, the first that of `{}`", outside, origin, owner),
                  report);
    found.label = "never answered";
    found.notes.push_back("CoreDNS reads it and never finds it again: queries for it do not come to this zone");
    found.help =
        first->type == zone::type::ptr
            ? "give the reverse zone a file and a server block of its own"
            : fmt::format("put it into a file of its own zone, or write the name without its last dot if it is one below `{}`", origin);
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_record_outside
