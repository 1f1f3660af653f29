// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <vector>

#include "lint/shadowed.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::hosts_alone {
namespace {

bool falls_through_all(Property fallthrough) { return fallthrough.arguments().empty() || any_covers(fallthrough.arguments(), ""); }

/// Names of its zones that come behind it and that nobody there is for.
bool leaves_names(Directive hosts, const std::vector<Directive>& behind) {
  return std::any_of(hosts.zones().begin(), hosts.zones().end(), [&](const Word& zone) {
    return std::none_of(behind.begin(), behind.end(), [&](Directive backend) {
      return backend.zones().empty() || !all_known(backend.zones()) || any_covers(backend.zones(), zone_of(zone));
    });
  });
}

void check(Directive hosts, const Context& context, Report& report) {
  const Config& config = *hosts.config;
  const ServerBlock block = config.block(hosts.block());
  if (!context.load->loads() || block.fragment() || block.dropped() || has_foreign_plugin(block) || has_unresolved_import(config)) return;
  if (!all_known(hosts.zones())) return;
  const auto fallthrough = hosts.properties().find("fallthrough");
  const auto ask = [&](Diagnostic& found) {
    context.ways->ask(block, names_in(block, hosts.zones(), context.release), {}, nobody_answers).add_to(found);
  };
  const std::vector<Directive> behind = shadowed_backends(hosts, hosts.zones(), context.release);
  if (!behind.empty()) {
    if (!fallthrough || !falls_through_all(*fallthrough) || !leaves_names(hosts, behind)) return;
    Diagnostic& found = report.at(fallthrough->words, "no plugin behind `hosts` answers for most of what falls through");
    for (const Directive backend : behind) found.labels.push_back({place_of(backend), "for its zones alone"});
    ask(found);
    found.notes.push_back("a name outside of these zones gets SERVFAIL, which clients take for a fault of the server and ask again");
    found.help = "add `forward` for the other names";
    return;
  }
  Diagnostic& found = fallthrough
                          ? report.at(fallthrough->words, "`fallthrough` has nothing to fall through to: no plugin behind `hosts` answers")
                          : report.at(hosts.name_word(), "names that `hosts` does not list get SERVFAIL here, not NXDOMAIN");
  ask(found);
  found.notes.push_back(
      fallthrough ? "a name that is not listed gets SERVFAIL, which clients take for a fault of the server and ask again"
                  : "clients take it for a fault of the server and ask again; `hosts` has no SOA record to say that a name does not exist");
  found.help = fallthrough ? "add `forward` for the other names, or serve the zone with `file`"
                           : "serve the zone with `file`, or add `fallthrough` and a `forward`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}, .severity = Severity::info};

}  // namespace corefile::rules::hosts_alone
