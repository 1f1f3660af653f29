// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <string>
#include <vector>

#include "../load/reading.hpp"
#include "lint/fixer.hpp"
#include "lint/shadowed.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::hosts_without_fallthrough {
namespace {

constexpr Release servfail{1, 6, 1};  // before, hosts.go gave NXDOMAIN without writing an answer

/// How much of what a backend behind is for `hosts` keeps from it.
enum class Reach : std::uint8_t { part, all };

// `hosts` owns its zones if they are named for it and are less than its block's.
bool owns_zones(Directive hosts) {
  if (hosts.arguments().size() < 2) return false;
  const ZoneSet zones(hosts.zones());
  for (const Word& key : hosts.config->block(hosts.block()).keys()) {
    if (!zones.covers(zone_of(key))) return true;
  }
  return false;
}

Reach reach(const ZoneSet& zones, bool own, Directive backend) {
  if (!own) return Reach::all;
  for (const Word& zone : backend.zones()) {
    const std::string_view text = zone_of(zone);
    if (!text.empty() && zones.covers(text)) return Reach::all;
  }
  return Reach::part;
}

/// `fallthrou`, `falltrough`: `hosts-line-without-address` says so, and what comes of it.
bool is_misspelt(Property line) { return line.name().starts_with("fall") || nearly(line.name(), "fallthrough"); }

void check(Directive hosts, const Context& context, Report& report) {
  const Config& config = *hosts.config;
  for (const Property line : hosts.properties()) {
    if (line.name() == "fallthrough" || is_misspelt(line)) return;
  }
  if (has_stray_fallthrough(config.block(hosts.block()))) return;
  const bool fragment = config.block(hosts.block()).fragment();
  if (fragment && (context.role != Role::custom_override || hosts.arguments().size() > 1)) return;
  if (!all_known(hosts.zones()) || has_unresolved_import(config, config.place(hosts.words()))) return;

  const std::span<const Word> zones = hosts.zones();
  const std::vector<Directive> backends = fragment ? std::vector<Directive>() : shadowed_backends(hosts, zones, context.release);
  if (backends.empty() && !fragment) return;
  const Testimony testimony =
      context.ways->ask(config.block(hosts.block()), names_in(config.block(hosts.block()), zones, context.release), {}, ended_by(hosts));
  const std::string behind = fragment ? "`kubernetes` and `forward`" : listed(backends);
  const bool own = owns_zones(hosts);
  const ZoneSet all_zones(zones);
  const auto loses_all = [&](Directive backend) { return reach(all_zones, own, backend) == Reach::all; };
  const bool all = fragment || std::any_of(backends.begin(), backends.end(), loses_all);
  std::string message = "`hosts` without `fallthrough` keeps ";
  message +=
      own ? "the rest of `" + std::string(hosts.arguments()[1].text) + "`" + (hosts.arguments().size() > 2 ? " and its other zones" : "")
          : "every other name";
  Diagnostic& found = report.at(hosts.name_word(), message + " from " + behind);
  found.severity = all ? Severity::warning : Severity::info;
  found.label = "no `fallthrough`";
  for (const Directive backend : backends) found.labels.push_back({place_of(backend), "never asked for these"});
  testimony.add_to(found);
  found.notes.push_back(
      context.release < servfail
          ? "a name that is not listed here gets no answer at all, so clients wait for their timeout; only reverse lookups (PTR) go on"
          : "a name that is not listed here gets SERVFAIL; only reverse lookups (PTR) go on to the next plugin");
  if (fragment) {
    found.notes.push_back("these lines are imported into the cluster's `.` block, where `hosts` comes first, wherever the import stands");
  } else {
    found.notes.push_back("CoreDNS asks plugins in a fixed order, not in the file's: `hosts` comes before " + behind);
  }
  found.help = "write `fallthrough` as the last line of the `hosts` block";
  if (auto edit = Fixer(config).add_property(hosts, "fallthrough")) found.fixes.push_back({"insert `fallthrough`", Safety::safe, {*edit}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::hosts_without_fallthrough
