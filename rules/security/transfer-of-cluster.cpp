// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::transfer_of_cluster {
namespace {

void check(Directive transfer, const Context& context, Report& report) {
  const ServerBlock block = transfer.config->block(transfer.block());
  const auto kubernetes = block.find(Plugin::kubernetes);
  if (!kubernetes || !context.load->loads() || block.has(Plugin::acl) || block.has(Plugin::tsig)) return;
  if (!any_overlaps(transfer.zones(), kubernetes->zones())) return;
  for (const Property line : transfer.properties()) {
    if (line.name() != "to") continue;
    for (const Word& word : line.arguments()) {
      if (word.text != "*") continue;
      Diagnostic& found = report.at(line.words, "every pod and every client may transfer the cluster's zone");
      found.label = "everybody";
      found.labels.push_back({transfer.config->place(kubernetes->name_word()), "all Services with their addresses"});
      found.notes.push_back("a transfer lists the Services of all namespaces in one answer");
      found.help = "name the servers that are to have the zone: `to 192.0.2.1`";
      return;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::transfer}, .lines = {"to"}};

}  // namespace corefile::rules::transfer_of_cluster
