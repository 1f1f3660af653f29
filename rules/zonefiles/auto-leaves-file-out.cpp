// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::auto_leaves_file_out {
namespace {

// plugin/auto/walk.go, Walk: a file that cannot be read is a line in the log.
void check(Directive directive, const Context& context, Report& report) {
  if (context.files == nullptr || !context.load->loads()) return;
  const Word* word = file_word(directive);
  for (const zone::Zone& zone : context.zone_files->of(directive)) {
    const zone::Problem* why = zone.refusal();
    // Other files lie in such folders too.
    if (why == nullptr || zone.records.empty()) continue;
    const std::string_view at = text_of(zone, why->at);
    Diagnostic& found = report.at(
        report.beside(zone.sources[why->at.document], why->at.span, *word),
        at.empty() ? fmt::format("`auto` leaves the zone `{}` out: this is no zone file", without_dot(zone.origin))
                   : fmt::format("`auto` leaves the zone `{}` out: `{}` cannot be read", without_dot(zone.origin), shortened(at)));
    found.label = "reading ends here";
    found.labels.push_back({directive.config->place(*word), "found here"});
    if (!why->message.empty()) found.notes.push_back(fmt::format("CoreDNS starts without the zone, and logs: {}", why->message));
    found.help = "mend the line, or keep the file out of this folder";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::auto_}};

}  // namespace corefile::rules::auto_leaves_file_out
