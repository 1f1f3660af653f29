// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "go/net.hpp"
#include "go/regexp.hpp"
#include "lint/stanzas.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::template_hides_hosts_entry {
namespace {

constexpr std::size_t most_names = 64;  // each is compared with the patterns of each template

enum class Fit : std::uint8_t { passes, answers, keeps };

/// What the template does with a query for the name, by plugin/template/template.go, match.
Fit fit(const Template& one, std::string_view name, go::Patterns& patterns) {
  if (one.lines.find("expr")) return Fit::passes;  // not known
  bool any = false;
  std::string asked;
  for (const Property line : one.lines) {
    if (line.name() != "match") continue;
    any = true;
    if (asked.empty()) asked = std::string(name) + '.';
    for (const Word& pattern : line.arguments()) {
      if (pattern.unknown != 0 || patterns.of(pattern.text).matches(asked)) return Fit::answers;
    }
  }
  if (!any) return Fit::answers;
  // Where the patterns are for a few names, template-without-fallthrough says it.
  return one.falls_through || !takes_all(one, patterns) ? Fit::passes : Fit::keeps;
}

bool is_for(const Template& one, std::string_view type, std::string_view name) {
  return one.known && one.cls != "CH" && (one.type == type || one.type == "ANY") && any_covers(one.zones, name);
}

void tell(Directive taker, const Word& name, std::string_view type, Fit how, const Testimony& testimony, Report& report) {
  Diagnostic& found = report.at(
      name, how == Fit::answers
                ? fmt::format("`{}` of `hosts` is never given for {}: `template` answers first", name.text, type)
                : fmt::format("`{}` of `hosts` gets SERVFAIL for {}: `template` keeps what its `match` does not fit", name.text, type));
  found.label = "`hosts` is not asked";
  found.labels.push_back({taker.config->place(taker.words().first(1 + std::min<std::size_t>(3, taker.arguments().size()))), "asked first"});
  testimony.add_to(found);
  found.notes.push_back("CoreDNS asks plugins in a fixed order, not in the file's: `template` comes before `hosts`");
  found.help = how == Fit::answers ? "give `template` a `match` that leaves this name out, and `fallthrough`"
                                   : "write `fallthrough` as the last line of the `template` block";
}

void check(Directive hosts, const Context& context, Report& report) {
  const ServerBlock block = hosts.config->block(hosts.block());
  if (!context.load->loads() || !block.has(Plugin::template_)) return;
  const std::vector<Directive> templates = templates_of(block);
  std::size_t names = 0;
  for (const Property line : hosts.properties()) {
    if (line.name() == "fallthrough") return;
    const auto address = go::parse_ip(line.name());
    if (!address || !all_known(line.words)) continue;
    const std::string_view type = address->is4 ? "A" : "AAAA";
    for (const Word& name : line.arguments()) {
      if (++names > most_names) return;
      for (const Directive taker : templates) {
        const Template& one = context.stanzas->template_of(taker);
        if (!is_for(one, type, zone_of(name))) continue;
        const Fit how = fit(one, zone_of(name), *context.patterns);
        if (how == Fit::passes) continue;
        const std::vector<std::string> asked{std::string(zone_of(name.text)) + '.'};
        const Testimony testimony = context.ways->ask(block, asked, type, kept_from(hosts, taker));
        if (testimony.refuted) continue;
        return tell(taker, name, type, how, testimony, report);
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}};

}  // namespace corefile::rules::template_hides_hosts_entry
