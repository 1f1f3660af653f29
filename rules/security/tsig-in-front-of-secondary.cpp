// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::tsig_in_front_of_secondary {
namespace {

/// Keys without `require` are for clients that sign of their own accord; whoever writes them here means the primary.
void not_signed(Directive tsig, Directive secondary, Report& report) {
  Diagnostic& found = report.at(secondary.name_word(), "`secondary` asks its primary without a signature");
  found.labels.push_back({tsig.config->place(tsig.name_word()), "for queries that come in alone"});
  found.notes.push_back("a primary that wants the transfer signed refuses it, and the zone stays empty");
  found.help = "allow the transfer by this server's address at the primary";
}

void check(Directive tsig, const Context& context, Report& report) {
  const auto secondary = tsig.config->block(tsig.block()).find(Plugin::secondary);
  if (!secondary || !context.load->loads() || !any_overlaps(tsig.zones(), secondary->zones())) return;
  const auto require = tsig.properties().find("require");
  if (!require) return not_signed(tsig, *secondary, report);
  if (!require || require->arguments().empty() || require->arguments().front().text != "all") return;
  Diagnostic& found =
      report.at(require->words, "every query without a signature is refused, and the transfers of `secondary` are not signed");
  found.labels.push_back({tsig.config->place(secondary->name_word()), "asks its primary without a signature"});
  found.notes.push_back("`tsig` is for queries that come in; it does not sign those that `secondary` sends");
  found.help = "write `require AXFR IXFR` to let ordinary queries in, and allow the transfer by address at the primary";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::tsig}, .severity = Severity::info};

}  // namespace corefile::rules::tsig_in_front_of_secondary
