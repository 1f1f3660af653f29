// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::zone_file_include_missing {
namespace {

constexpr Release strict{1, 11, 4};

// Up to 1.11.3 the rest of the file is lost, as `zone-file-cut-off` says.
void check(Directive file, const Context& context, Report& report) {
  if (context.files == nullptr || context.release < strict || !context.load->loads()) return;
  const Word* word = file_word(file);
  for (const zone::Zone& zone : context.zone_files->of(file)) {
    const auto missing = std::find_if(zone.problems.begin(), zone.problems.end(), [](const zone::Problem& one) {
      return one.kind == zone::Problem::Kind::include && one.message.find("no such file") != std::string::npos;
    });
    if (missing == zone.problems.end()) continue;
    const std::string_view name = text_of(zone, missing->at);
    Diagnostic& found = report.at(report.beside(zone.sources[missing->at.document], missing->at.span, *word),
                                  fmt::format("`{}` does not lie where this `$INCLUDE` looks for it", shortened(name)));
    found.label = "not found";
    found.labels.push_back({file.config->place(*word), "loaded here"});
    found.notes.push_back(fmt::format("where it is missing, {}: {}",
                                      file.is(Plugin::auto_) ? "`auto` leaves the zone out" : "CoreDNS refuses the Corefile",
                                      missing->message));
    found.notes.push_back("a relative path is looked for beside the file that includes it");
    found.help = "put the file there, or mend the path";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_include_missing
