// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "lint/stanzas.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::cache_denial_ttl_high {
namespace {

constexpr std::int64_t longest = 300;

bool forwards(ServerBlock block) {
  for (const Directive directive : block.directives()) {
    if (is_forwarder(directive.plugin())) return true;
  }
  return false;
}

void check(Directive cache, const Context& context, Report& report) {
  if (context.role == Role::standalone || context.role == Role::custom_override) return;
  const CacheStore& denial = context.stanzas->cache(cache).denial;
  if (denial.ttl_word == nullptr || denial.ttl <= longest || !forwards(cache.config->block(cache.block()))) return;
  const std::string ttl = std::to_string(denial.ttl);
  const bool both = !cache.arguments().empty() && denial.ttl_word == &cache.arguments().front();
  Diagnostic& found = report.at(*denial.ttl_word, "a name that does not exist yet may stay unknown for " + ttl + " seconds");
  found.label = both ? "for missing names, too" : "for missing names";
  found.notes.push_back(
      "errors are kept as long as the zone's SOA allows, at most this long; a record made in the meantime is not seen by pods that share "
      "this cache");
  found.help = both || denial.capacity_word == nullptr ? "add a `denial 9984 30` line to the block of `cache`"
                                                       : "write `denial " + std::string(denial.capacity_word->text) + " 30`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .severity = Severity::info};

}  // namespace corefile::rules::cache_denial_ttl_high
