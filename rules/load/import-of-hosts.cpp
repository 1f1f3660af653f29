// SPDX-License-Identifier: Apache-2.0
#include "go/net.hpp"
#include "reading.hpp"

namespace corefile::rules::import_of_hosts {
namespace {

std::string_view name_of_file(std::string_view path) { return path.substr(path.rfind('/') + 1); }

void check(const Config& config, const Context&, Report& report) {
  if (config.documents().size() < 2) return;
  std::vector<bool> told(config.documents().size());
  for (const Directive directive : config.directives()) {
    const Place place = config.place(directive.name_word());
    if (place.document == 0 || !go::parse_ip(directive.name())) continue;
    // `hosts {` outside of any block has a rule of its own.
    if (key_mistake_of(config.block(directive.block())) != KeyMistake::none) continue;
    if (told[place.document]) {
      report.cover(place);
      continue;
    }
    told[place.document] = true;
    const std::string file = shown(name_of_file(config.document(place.document).source().name()));
    Diagnostic& found = report.at(place, fmt::format("`{}` is a hosts file, and `import` reads directives", file));
    report.explain(found, place);
    found.help = fmt::format("read it with `hosts {}` and `fallthrough` in its block, instead of `import`", file);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::refused, .severity = Severity::error};

}  // namespace corefile::rules::import_of_hosts
