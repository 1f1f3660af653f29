// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::acl_before_rewrite {
namespace {

bool renames(Directive rewrite) {
  const std::span<const Word> words = rewrite.words();
  return std::any_of(words.begin(), words.end(), [](const Word& word) { return word.text == "name"; });
}

/// Only where `acl` is for some names can a rewritten one get past it.
void check(Directive acl, const Context& context, Report& report) {
  if (!context.load->loads() || acl.own_zones().empty() || !all_known(acl.own_zones())) return;
  if (chain_position(Plugin::acl, context.release) > chain_position(Plugin::rewrite, context.release)) return;
  const ServerBlock block = acl.config->block(acl.block());
  if (!block.has(Plugin::rewrite)) return;
  for (const Directive rewrite : block.directives()) {
    if (!rewrite.is(Plugin::rewrite) || !renames(rewrite)) continue;
    Diagnostic& found = report.at(
        acl.name_word(), fmt::format("in CoreDNS {} `acl` is asked before `rewrite`: names that become one of its zone get past it",
                                     to_string(context.release)));
    found.label = "looks at the client's name";
    found.labels.push_back({acl.config->place(rewrite.name_word()), "renames behind it"});
    found.notes.push_back("published as CVE-2026-26017; newer releases ask `rewrite` first");
    found.help = "update to CoreDNS 1.14.3 or later, or name in `acl` the names before they are rewritten";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::acl}};

}  // namespace corefile::rules::acl_before_rewrite
