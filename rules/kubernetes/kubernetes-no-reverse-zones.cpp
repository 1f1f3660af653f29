// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <string>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"
#include "plugins/reader.hpp"

namespace corefile::rules::kubernetes_no_reverse_zones {
namespace {

constexpr std::string_view reverse = " in-addr.arpa ip6.arpa";

bool has_reverse(std::span<const Word> zones) {
  for (const Word& zone : zones) {
    // Where `arpa` is only a part, reverse-zone-typo speaks.
    const std::string_view name = zone_of(zone);
    if (name.empty() || is_reverse_text(name) || zone.text.find("arpa") != std::string_view::npos) return true;
  }
  return !all_known(zones);
}

// A block or another plugin of the file has a reverse zone of its own.
bool elsewhere(const Config& config) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Word& key : config.block(i).keys()) {
      if (is_reverse_text(zone_of(key))) return true;
    }
    for (const Directive directive : config.block(i).directives()) {
      for (const Word& word : directive.arguments()) {
        if (!directive.is(Plugin::acl) && is_reverse_text(zone_of(word)) && word.text.ends_with("arpa")) return true;
      }
      if (directive.is(Plugin::kubernetes) && has_reverse(directive.zones())) return true;
    }
  }
  return false;
}

bool is_ipv4(const Word& word) {
  const std::string_view zone = zone_of(word);
  return zone.empty() || covers("in-addr.arpa", zone) || (is_reverse_text(zone) && !covers("ip6.arpa", zone)) ||
         plugins::nearest(zone, std::array<std::string_view, 1>{"in-addr.arpa"}) == "in-addr.arpa";
}

// Serves `ip6.arpa` alone, and nothing else in the file speaks of IPv4 addresses' names.
const Word* ipv6_alone(Directive kubernetes) {
  const std::span<const Word> zones = kubernetes.arguments();
  const auto serves = [zones](std::string_view zone) {
    return std::find_if(zones.begin(), zones.end(), [zone](const Word& word) { return same_name(zone_of(word), zone); });
  };
  if (serves("in-addr.arpa") != zones.end()) return nullptr;
  const auto ipv6 = serves("ip6.arpa");
  if (ipv6 == zones.end() || !all_known(zones)) return nullptr;
  const Config& config = *kubernetes.config;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Word& key : config.block(i).keys()) {
      if (is_reverse_text(zone_of(key)) && is_ipv4(key)) return nullptr;
    }
    for (const Directive directive : config.block(i).directives()) {
      const std::span<const Word> words = directive.arguments();
      if (directive.is(Plugin::kubernetes) && std::any_of(words.begin(), words.end(), is_ipv4)) return nullptr;
    }
  }
  return &*ipv6;
}

/// Services of the cluster have IPv6 addresses.
bool has_ipv6(const Context& context) {
  return std::any_of(context.service_addresses.begin(), context.service_addresses.end(),
                     [](const std::string& address) { return address.find(':') != std::string::npos; });
}

/// Serves `in-addr.arpa`, and nothing in the file speaks of IPv6 addresses' names.
const Word* ipv4_alone(Directive kubernetes) {
  const std::span<const Word> zones = kubernetes.arguments();
  const auto ipv4 = std::find_if(zones.begin(), zones.end(), [](const Word& word) { return same_name(zone_of(word), "in-addr.arpa"); });
  if (ipv4 == zones.end() || !all_known(zones)) return nullptr;
  const Config& config = *kubernetes.config;
  const auto is_ipv6 = [](const Word& word) { return zone_of(word).ends_with("ip6.arpa"); };
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const auto keys = config.block(i).keys();
    if (std::any_of(keys.begin(), keys.end(), is_ipv6)) return nullptr;
    for (const Directive directive : config.block(i).directives()) {
      const std::span<const Word> words = directive.arguments();
      if (directive.is(Plugin::kubernetes) && std::any_of(words.begin(), words.end(), is_ipv6)) return nullptr;
    }
  }
  return &*ipv4;
}

void report_ipv6(Directive kubernetes, const Word& ipv4, Report& report) {
  Diagnostic& found = report.at(ipv4, "`kubernetes` serves `in-addr.arpa` and not `ip6.arpa`");
  found.severity = Severity::warning;
  found.notes.push_back("Services have IPv6 addresses here, whose reverse lookups (PTR) go upstream, which does not know them");
  found.help = "serve `ip6.arpa` too, and name it behind `fallthrough`";
  found.fixes.push_back({"insert `ip6.arpa`", Safety::unsafe, {Fixer(*kubernetes.config).insert_behind(ipv4, " ip6.arpa")}});
}

void report_half(Directive kubernetes, const Word& ipv6, Report& report) {
  Diagnostic& found = report.at(ipv6, "`kubernetes` serves `ip6.arpa` and not `in-addr.arpa`");
  found.notes.push_back("reverse lookups (PTR) of IPv4 addresses of pods and Services go to other plugins, which do not know them");
  found.help = "unless the cluster has IPv6 addresses alone, serve `in-addr.arpa` too";
  found.fixes.push_back({"insert `in-addr.arpa`", Safety::unsafe, {Fixer(*kubernetes.config).insert_before(ipv6, "in-addr.arpa ")}});
}

void check(const Config& config, const Context& context, Report& report) {
  if (context.role == Role::node_local || context.role == Role::custom_server || context.role == Role::custom_override) return;
  if (!context.load->loads()) return;
  for (const Directive kubernetes : config.directives()) {
    if (!kubernetes.is(Plugin::kubernetes)) continue;
    if (const Word* const ipv6 = ipv6_alone(kubernetes); ipv6 != nullptr && !has_unresolved_import(config)) {
      return report_half(kubernetes, *ipv6, report);
    }
    if (has_ipv6(context) && !has_unresolved_import(config)) {
      if (const Word* const ipv4 = ipv4_alone(kubernetes)) return report_ipv6(kubernetes, *ipv4, report);
    }
    if (has_reverse(kubernetes.zones()) || has_unresolved_import(config) || elsewhere(config)) return;
    const std::span<const Word> zones = kubernetes.arguments();
    const Word& last = zones.empty() ? kubernetes.name_word() : zones.back();
    Diagnostic& found = report.at(last, "`kubernetes` serves no reverse zone");
    found.notes.push_back("reverse lookups (PTR) of pods and Services go upstream, which does not know the cluster's addresses");
    found.help = "serve `in-addr.arpa ip6.arpa` too, and let through what the cluster does not know";
    if (zones.empty()) return;
    std::vector<Edit> edits{Fixer(config).insert_behind(last, std::string(reverse))};
    const auto through = kubernetes.properties().find("fallthrough");
    if (!through) {
      const auto edit = Fixer(*kubernetes.config).add_property(kubernetes, "fallthrough" + std::string(reverse));
      if (!edit) return;
      if (kubernetes.has_block()) {
        edits.push_back(*edit);
      } else {
        edits.front().text += edit->text;
      }
    } else if (!through->arguments().empty()) {
      edits.push_back(Fixer(config).insert_behind(through->words.back(), std::string(reverse)));
    }
    if (edits.back().place.document == edits.front().place.document) {
      found.fixes.push_back({"serve `in-addr.arpa ip6.arpa`", Safety::unsafe, std::move(edits)});
    }
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::kubernetes},
                                 .needs = Precondition::cluster_zones,
                                 .severity = Severity::info,
                                 .fixes = Fixes::sometimes};

}  // namespace corefile::rules::kubernetes_no_reverse_zones
