// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::dns64_drops_own_addresses {
namespace {

void check(Directive dns64, const Context& context, Report& report) {
  const ServerBlock block = dns64.config->block(dns64.block());
  const auto all = dns64.properties().find("translate_all");
  const auto kubernetes = block.find(Plugin::kubernetes);
  if (!all || !kubernetes || !context.load->loads()) return;
  Diagnostic& found = report.at(all->words, "`translate_all` takes the IPv6 addresses of Services and pods away");
  found.label = "AAAA answers are made from IPv4 addresses alone";
  found.labels.push_back({dns64.config->place(kubernetes->name_word()), "answers behind it"});
  found.notes.push_back("a Service that has an IPv6 address only is answered without one: in a cluster of IPv6, that is every name");
  found.help = "leave `translate_all` out, or give the cluster's zones a block of their own, without `dns64`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::dns64}, .lines = {"translate_all"}};

}  // namespace corefile::rules::dns64_drops_own_addresses
