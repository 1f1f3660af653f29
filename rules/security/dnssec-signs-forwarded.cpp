// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/upstream.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::dnssec_signs_forwarded {
namespace {

void check(Directive dnssec, const Context& context, Report& report) {
  if (!context.load->loads() || !dnssec.properties().has("key")) return;
  const std::vector<Directive> behind = shadowed_backends(dnssec, dnssec.zones(), context.release);
  if (behind.empty() || !std::all_of(behind.begin(), behind.end(), [](Directive one) { return is_forwarder(one.plugin()); })) return;
  Diagnostic& found = report.at(dnssec.name_word(), "`dnssec` signs answers here that come from an upstream");
  found.labels.push_back({place_of(behind.front()), "whose answers they are"});
  found.notes.push_back(
      "signatures of the upstream are replaced, and resolvers that know another key for the zone take the new ones for forged");
  found.help = "sign where the zone's data are: beside `file` or another plugin that has them";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::dnssec}, .lines = {"key"}, .severity = Severity::info};

}  // namespace corefile::rules::dnssec_signs_forwarded
