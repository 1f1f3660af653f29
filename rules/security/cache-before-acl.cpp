// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "plugins/facts.hpp"

namespace corefile::rules::cache_before_acl {
namespace {

void check(Directive acl, const Context& context, Report& report) {
  const auto cache = acl.config->block(acl.block()).find(Plugin::cache);
  if (!cache || !context.load->loads()) return;
  if (chain_position(Plugin::cache, context.release) > chain_position(Plugin::acl, context.release)) return;
  Diagnostic& found = report.at(
      acl.name_word(),
      fmt::format("in CoreDNS {} `cache` is asked before `acl`: what is cached is given to everybody", to_string(context.release)));
  found.labels.push_back({acl.config->place(cache->name_word()), "asked first"});
  found.notes.push_back("a client that `acl` blocks gets an answer that another client has asked for");
  found.help = "update to CoreDNS 1.14.7 or later, or leave `cache` out of this block";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::acl}};

}  // namespace corefile::rules::cache_before_acl
