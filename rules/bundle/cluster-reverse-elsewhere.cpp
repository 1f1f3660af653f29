// SPDX-License-Identifier: Apache-2.0
#include "lint/witness.hpp"
#include "reading.hpp"

namespace corefile::rules::cluster_reverse_elsewhere {
namespace {

/// Otherwise kubernetes-no-reverse-zones speaks.
bool serves_reverse(const Config& config) {
  for (const Directive directive : config.directives()) {
    if (!directive.is(Plugin::kubernetes)) continue;
    const auto zones = directive.zones();
    const auto reverse = [](const Word& zone) { return zone_of(zone).empty() || is_reverse_text(zone_of(zone)); };
    if (std::any_of(zones.begin(), zones.end(), reverse)) return true;
  }
  return false;
}

/// It ends at a plugin that does not know the cluster. Whom an `acl` refuses is another matter.
bool leaves(const Trace& way) {
  const auto judges = [](const Step& step) { return step.plugin == Plugin::acl && step.did != Step::Did::passed; };
  const std::vector<Step>& steps = way.hops.front().steps;
  return way.hops.front().block && way.reply && way.by() != to_string(Plugin::kubernetes) && way.by() != to_string(Plugin::k8s_external) &&
         std::none_of(steps.begin(), steps.end(), judges);
}

std::optional<Trace> way_out(const Config& config, Release release, const go::Cidr& network) {
  // Of a network that is served in parts the other end may miss.
  for (const go::Ip& address : {go::indexed(network, 1).value_or(network.network), go::last(network)}) {
    auto way = way_to_own_address(config, release, address);
    if (way && leaves(*way)) return way;
  }
  return {};
}

std::optional<Directive> kubernetes_of(const Config& config, std::optional<std::uint32_t> block) {
  for (const Directive directive : config.directives()) {
    if (directive.is(Plugin::kubernetes) && (!block || directive.block() == *block)) return directive;
  }
  return {};
}

void report_one(const Read& base, const Written& network, const Trace& way, bool services, ManifestReport& report) {
  const std::uint32_t block = *way.hops.front().block;
  const auto own = kubernetes_of(base.config, block);
  const Word at = own ? own->name_word() : base.config.block(block).keys().front();
  Diagnostic& found =
      report.at(base.outer(at), fmt::format("reverse lookups (PTR) of {} do not come to `kubernetes`", services ? "Services" : "pods"));
  if (!services) found.severity = Severity::info;
  found.label = own ? "serves other reverse zones" : "takes their names";
  const std::string_view whose = services ? "Services" : "pods";
  if (network.span.size() > 0) {
    found.labels.push_back({{0, network.span}, fmt::format("where {} have their addresses", whose)});
  } else {
    found.notes.push_back(fmt::format("{} have their addresses in {}", whose, network.text));
  }
  found.notes.push_back(fmt::format("for example {}", fate(way)));
  const auto some = kubernetes_of(base.config, {});
  const auto zones = some->zones();
  const std::string domain = zones.empty() ? std::string("cluster.local") : std::string(zones.front().text);
  found.help = own ? "serve `in-addr.arpa ip6.arpa`, with `fallthrough` for what the cluster does not know"
                   : fmt::format("write `kubernetes {} in-addr.arpa ip6.arpa` with `fallthrough` into this block too", domain);
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  const ClusterSettings& settings = manifest.bundle.settings;
  if (settings.services.empty() && settings.pods.empty()) return;
  for (const Read& base : read_bases(manifest)) {
    if (!base.whole() || !serves_reverse(base.config)) continue;
    std::vector<std::uint32_t> told;  // one finding a block
    const auto look = [&](const std::vector<Written>& networks, bool services) {
      for (const Written& one : networks) {
        const auto network = go::parse_cidr(one.text);
        const auto way = network ? way_out(base.config, context.release, *network) : std::nullopt;
        if (!way || std::find(told.begin(), told.end(), *way->hops.front().block) != told.end()) continue;
        told.push_back(*way->hops.front().block);
        report_one(base, one, *way, services, report);
      }
    };
    look(settings.services, true);
    look(settings.pods, false);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::cluster_reverse_elsewhere
