// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::dnssec_transferred_unsigned {
namespace {

void check(Directive dnssec, const Context& context, Report& report) {
  if (!context.load->loads() || !dnssec.properties().has("key")) return;
  const ServerBlock block = dnssec.config->block(dnssec.block());
  for (const Directive transfer : block.directives()) {
    if (!transfer.is(Plugin::transfer) || !any_overlaps(dnssec.zones(), transfer.zones())) continue;
    Diagnostic& found = report.at(transfer.name_word(), "this zone is transferred unsigned, while its answers here are signed");
    found.labels.push_back({dnssec.config->place(dnssec.name_word()), "signs answers as they go out"});
    found.notes.push_back(
        "`dnssec` does not sign transfers: a secondary serves the zone without DNSKEY and RRSIG, which is bogus to resolvers that "
        "validate");
    found.help = "sign the zone file with `sign` and serve what it writes, or let the secondaries sign";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::dnssec}, .lines = {"key"}, .severity = Severity::info};

}  // namespace corefile::rules::dnssec_transferred_unsigned
