// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/stanzas.hpp"
#include "lint/zones.hpp"
#include "template_record.hpp"

namespace corefile::rules::template_cname_circle {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const Template& own = context.stanzas->template_of(directive);
  if (!own.known || own.cls == "CH" || (own.type != "ANY" && own.type != "A" && own.type != "AAAA") || !takes_all(own, *context.patterns))
    return;
  const auto answer = own.lines.find("answer");
  if (!answer || answer->arguments().size() != 1) return;
  const Word& word = answer->arguments().front();
  const TemplateRecord record = read_record(word.text);
  if (word.unknown || !record.known || record.type != "CNAME" || record.data.find('{') != std::string_view::npos) return;
  const std::string_view target = zone_of(record.data);
  if (target.empty() || !any_covers(own.zones, target)) return;
  // Names that another block serves do not come back here.
  const Config& config = *directive.config;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    if (i == directive.block()) continue;
    for (const Word& key : config.block(i).keys()) {
      if (key.unknown || (!zone_of(key).empty() && covers(zone_of(key), target))) return;
    }
  }
  Diagnostic& found = report.at(word, fmt::format("`{}` is looked up and answered with this CNAME again, without end", record.data));
  found.label = "comes back here";
  found.notes.push_back("CoreDNS looks up where a CNAME leads, and this `template` takes that name too: a query occupies a core for good");
  found.help = "give the `template` a `match` that leaves the target out, or a target outside of its zones";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .lines = {"answer"}};

}  // namespace corefile::rules::template_cname_circle
