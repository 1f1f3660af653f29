// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "go/net.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::acl_network_as_zone {
namespace {

void check(Directive acl, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Word& key : acl.config->block(acl.block()).keys()) {
    if (is_reverse_text(zone_of(key))) return;
  }
  for (const Word& word : acl.own_zones()) {
    if (word.unknown || (!go::parse_cidr(word.text) && !go::parse_ip(word.text))) continue;
    Diagnostic& found = report.at(word, fmt::format("`{}` is a zone here: reverse lookups of its addresses, not clients in it", word.text));
    found.label = "names, not clients";
    found.notes.push_back("the words behind `acl` say which names its rules are for; who asks is for `net` in a rule");
    found.help = fmt::format("write `acl {{` and a rule with `net {}` in the block", word.text);
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::acl}};

}  // namespace corefile::rules::acl_network_as_zone
