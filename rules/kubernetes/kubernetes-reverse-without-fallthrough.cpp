// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "../load/reading.hpp"
#include "../zones/reverse_name.hpp"
#include "lint/fixer.hpp"
#include "lint/problems.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::kubernetes_reverse_without_fallthrough {
namespace {

bool whole_tree(std::string_view zone) { return same_name(zone, "in-addr.arpa") || same_name(zone, "ip6.arpa"); }

std::optional<Directive> forwarder(ServerBlock block) {
  for (const Directive directive : block.directives()) {
    if (is_forwarder(directive.plugin()) && !directive.arguments().empty()) return directive;
  }
  return {};
}

/// CoreDNS knows no such property: what was meant is told there.
bool may_be_misspelt(const Config& config, Property line, const Context& context) {
  if (context.problems->empty()) return false;
  const Problem* problem = context.problems->on(config.place(line.words.front()));
  return problem != nullptr && problem->kind == ProblemKind::unknown_property;
}

void check(Directive kubernetes, const Context& context, Report& report) {
  const Config& config = *kubernetes.config;
  if (context.role == Role::node_local || context.role == Role::custom_override) return;
  std::optional<Property> through;
  for (const Property line : kubernetes.properties()) {
    if (line.name() != "fallthrough") {
      if (may_be_misspelt(config, line, context)) return;
      continue;
    }
    if (through) return;  // property-overwritten says it
    through = line;
  }
  if (through && through->arguments().empty()) return;
  const std::span<const Word> let = through ? through->arguments() : std::span<const Word>();
  const Word* first = nullptr;
  std::string missing;
  for (const Word& zone : kubernetes.zones()) {
    const std::string_view text = zone_of(zone);
    if (zone.unknown != 0) return;
    if (!whole_tree(text) || any_covers(let, text)) continue;
    if (first == nullptr) first = &zone;
    missing.append(" ").append(text);
  }
  if (first == nullptr || !all_known(let)) return;
  // `reverse-zone-typo` and `unknown-directive` name the cause.
  if (std::any_of(let.begin(), let.end(), [](const Word& word) { return !reverse_name::meant(word.text).empty(); })) return;
  if (!through && has_stray_fallthrough(config.block(kubernetes.block()))) return;
  const auto behind = forwarder(config.block(kubernetes.block()));
  if (!behind || has_unresolved_import(config, config.place(kubernetes.words()))) return;
  const std::string_view from = zone_of(behind->arguments().front().text);
  if (!from.empty() && !covers(from, zone_of(*first))) return;

  Diagnostic& found = report.at(*first, "`kubernetes` claims all of `" + std::string(zone_of(*first)) + "` and lets nothing through");
  found.label = "no `fallthrough`";
  // Nobody asks for the names of IPv6 addresses where there are none.
  if (missing == " ip6.arpa") found.severity = Severity::info;
  found.labels.push_back({config.place(behind->words().first(2)), "never asked for these"});
  found.notes.push_back("every address outside the cluster loses its name: reverse lookups (PTR) get NXDOMAIN from `kubernetes`");
  found.help = "add `fallthrough" + missing + "`";
  if (through) {
    found.fixes.push_back(
        {"let" + missing + " fall through", Safety::unsafe, {Fixer(config).insert_behind(through->words.back(), missing)}});
  } else if (auto edit = Fixer(*kubernetes.config).add_property(kubernetes, "fallthrough" + missing)) {
    found.fixes.push_back({"insert `fallthrough" + missing + "`", Safety::unsafe, {*edit}});
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::cluster_zones, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::kubernetes_reverse_without_fallthrough
