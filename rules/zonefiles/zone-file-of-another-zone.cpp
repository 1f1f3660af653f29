// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::zone_file_of_another_zone {
namespace {

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    const auto soa =
        std::find_if(zone.records.begin(), zone.records.end(), [](const zone::Record& one) { return one.type == zone::type::soa; });
    if (soa == zone.records.end() || soa->owner == zone.origin) return;
    const Word& word = file.arguments().front();
    const std::string_view owner = without_dot(soa->owner);
    Diagnostic& found = report.at(word, fmt::format("`{}` holds `{}`, and is loaded for `{}`", word.text, owner, without_dot(zone.origin)));
    found.labels.push_back({report.beside(zone.sources[soa->at.document], soa->at.span, word), "its SOA record"});
    found.notes.push_back(
        fmt::format("names of `{}` that are not in the file do not exist for clients, and its SOA record is that of another zone",
                    without_dot(zone.origin)));
    found.notes.push_back("from CoreDNS 1.15.0 on such a file is refused");
    const std::string_view own = without_dot(zone.origin);
    found.help = owner == fmt::format("{}.{}", own, own) ? fmt::format("write `{}.` with its last dot in the file, or `@`", own)
                                                         : fmt::format("name the zone behind the file, `file {} {}`", word.text, owner);
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file}};

}  // namespace corefile::rules::zone_file_of_another_zone
