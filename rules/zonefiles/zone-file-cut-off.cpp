// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::zone_file_cut_off {
namespace {

// Up to 1.11.3 miekg/dns ends the reading, and plugin/file takes what was read before it.
void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    if (zone.verdict != zone::Verdict::loses) return;
    const auto fatal = std::find_if(zone.problems.begin(), zone.problems.end(), [](const zone::Problem& one) { return one.fatal; });
    if (fatal == zone.problems.end()) return;
    const Word& word = *file_word(file);
    const std::string_view token = text_of(zone, fatal->at);
    Diagnostic& found = report.at(report.beside(zone.sources[fatal->at.document], fatal->at.span, word),
                                  token.empty() ? std::string("the zone file cannot be read from here on")
                                                : fmt::format("the zone file cannot be read from `{}` on", shortened(token)));
    found.label = "the rest is lost";
    found.labels.push_back({file.config->place(word), "loaded here"});
    found.notes.push_back(fmt::format("CoreDNS {} serves what stands before it and says nothing; from 1.11.4 on it {}",
                                      to_string(context.release), file.is(Plugin::auto_) ? "leaves the zone out" : "refuses the file"));
    if (!fatal->message.empty()) found.notes.push_back(fmt::format("its reader says: {}", fatal->message));
    found.help = "mend the line; comments begin with `;`";
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_cut_off
