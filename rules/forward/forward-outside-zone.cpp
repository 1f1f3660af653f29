// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/upstream.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::forward_outside_zone {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  const Word* const from = from_word(directive);
  if (from == nullptr || from->text == ".") return;
  const ServerBlock block = directive.config->block(directive.block());
  const auto keys = block.keys();
  if (keys.empty() || !comparable(*from) || from_is_upstream(*from)) return;
  const std::string_view zone = zone_of(*from);
  const auto meets = [zone](const Word& key) { return !comparable(key) || overlap(zone_of(key), zone); };
  if (std::any_of(keys.begin(), keys.end(), meets)) return;
  // These may change the name on its way.
  if (block.has(Plugin::rewrite) || has_foreign_plugin(block) || has_unresolved_import(*directive.config)) return;
  Diagnostic& found = report.at(*from, "no name of `" + std::string(from->text) + "` comes to this server block");
  found.label = "never forwarded";
  found.labels.push_back({block.head(), "only names below this come here"});
  context.ways->elsewhere(block, names_in({from, 1}, context.release)).add_to(found);
  found.help = "forward `.`, which is every name of the block, or add `" + std::string(from->text) + "` to the block's keys";
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy}, .severity = Severity::warning};

}  // namespace corefile::rules::forward_outside_zone
