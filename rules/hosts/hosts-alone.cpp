// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/behind.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::hosts_alone {
namespace {

void check(Directive hosts, const Context& context, Report& report) {
  const Config& config = *hosts.config;
  const ServerBlock block = config.block(hosts.block());
  if (!context.load->loads() || block.fragment() || block.dropped() || has_foreign_plugin(block) || has_unresolved_import(config)) return;
  if (!all_known(hosts.zones()) || !backends_behind(hosts, hosts.zones(), context.release).empty()) return;
  const auto fallthrough = hosts.properties().find("fallthrough");
  Diagnostic& found = fallthrough
                          ? report.at(fallthrough->words, "`fallthrough` has nothing to fall through to: no plugin behind `hosts` answers")
                          : report.at(hosts.name_word(), "names that `hosts` does not list get SERVFAIL here, not NXDOMAIN");
  found.notes.push_back(
      fallthrough ? "a name that is not listed gets SERVFAIL, which clients take for a fault of the server and ask again"
                  : "clients take it for a fault of the server and ask again; `hosts` has no SOA record to say that a name does not exist");
  found.help = fallthrough ? "add `forward` for the other names, or serve the zone with `file`"
                           : "serve the zone with `file`, or add `fallthrough` and a `forward`";
}

}  // namespace

extern constinit const Rule rule{
    .name = "hosts-alone",
    .summary = "`hosts` with nothing behind it answers SERVFAIL, never NXDOMAIN",
    .check = check,
    .directives = {Plugin::hosts},
    .severity = Severity::info,
};

}  // namespace corefile::rules::hosts_alone
