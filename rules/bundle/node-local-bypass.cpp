// SPDX-License-Identifier: Apache-2.0
#include "plugins/facts.hpp"
#include "reading.hpp"

namespace corefile::rules::node_local_bypass {
namespace {

constexpr std::string_view usual_domain = "cluster.local";

/// The block that a name goes to: that of the longest zone.
std::optional<ServerBlock> block_for(const Config& config, std::string_view name) {
  std::optional<ServerBlock> best;
  std::size_t longest = 0;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Word& key : config.block(i).keys()) {
      const std::string_view zone = zone_of(key);
      if (!covers(zone, name) || (best && zone.size() <= longest)) continue;
      best = config.block(i);
      longest = zone.size();
    }
  }
  return best;
}

/// The one server that a block sends all its names to.
const Word* upstream_of(const std::optional<ServerBlock>& block) {
  if (!block) return nullptr;
  const auto forward = block->find(Plugin::forward);
  return forward && forward->upstreams().size() == 1 ? &forward->upstreams().front() : nullptr;
}

/// A name that this directive of CoreDNS answers or renames, which other servers do not know.
const Word* own_name(Directive directive) {
  if (directive.is(Plugin::rewrite)) {
    const auto words = directive.arguments();
    std::size_t at = 0;
    const auto skip = [&](std::string_view word) { at += at < words.size() && words[at].text == word ? 1 : 0; };
    skip("stop");
    skip("continue");
    if (at >= words.size() || words[at].text != "name") return nullptr;
    ++at;
    skip("exact");
    return at + 1 < words.size() && words[at].text.find('.') != std::string_view::npos ? &words[at] : nullptr;
  }
  if (!directive.is(Plugin::hosts)) return nullptr;
  for (const Property property : directive.properties()) {
    const bool address =
        property.name().find_first_not_of("0123456789.") == std::string_view::npos || property.name().find(':') != std::string_view::npos;
    if (address && !property.arguments().empty()) return &property.arguments().front();
  }
  return nullptr;
}

/// A block of CoreDNS for names that are not the cluster's.
void check_stub(const Read& base, const Read& local, const Word& key, const Word& cluster, ManifestReport& report) {
  const std::string_view zone = zone_of(key);
  const Word* other = upstream_of(block_for(local.config, zone));
  if (other == nullptr || other->text == cluster.text) return;
  Diagnostic& found = report.at(base.outer(key), fmt::format("node-local-dns never asks CoreDNS for names of `{}`", zone));
  found.labels.push_back({local.outer(*other), "asked instead"});
  found.notes.push_back("pods ask node-local-dns, which sends only the cluster's own zones to CoreDNS");
  found.help = "give node-local-dns a block for this zone as well";
}

void check_stubs(const Read& base, const Read& local, std::string_view domain, const Word& cluster, ManifestReport& report) {
  for (std::uint32_t i = 0; i < base.config.block_count(); ++i) {
    const ServerBlock block = base.config.block(i);
    if (block.has(Plugin::kubernetes) || block.fragment()) continue;
    for (const Word& key : block.keys()) {
      const std::string_view zone = zone_of(key);
      if (key.unknown != 0 || zone.empty() || is_reverse_text(zone) || overlap(zone, domain)) continue;
      const auto at_home = block_for(local.config, zone);
      const bool same =
          at_home && at_home->find(Plugin::forward) && block.find(Plugin::forward) && !zone_of(at_home->keys().front().text).empty();
      if (!same) check_stub(base, local, key, cluster, report);
      break;
    }
  }
}

/// The cluster's own names go where names of the outside go.
void check_domain(const Read& base, const Read& local, ManifestReport& report) {
  const Word* outside = upstream_of(block_for(local.config, {}));
  if (outside == nullptr) return;
  for (const Directive directive : base.config.directives()) {
    if (!directive.is(Plugin::kubernetes)) continue;
    for (const Word& word : directive.own_zones()) {
      const std::string_view zone = zone_of(word.text);
      if (word.unknown != 0 || zone.empty() || is_reverse_text(zone) || upstream_of(block_for(local.config, zone)) != outside) continue;
      Diagnostic& found = report.at(base.outer(word), fmt::format("node-local-dns never asks CoreDNS for names of `{}`", zone));
      found.severity = Severity::warning;
      found.labels.push_back({local.outer(*outside), "asked instead"});
      found.notes.push_back("pods ask node-local-dns, and get no name of the cluster");
      found.help = fmt::format("give node-local-dns the block `{}:53`, which forwards to the cluster's DNS", zone);
    }
  }
}

void check_pair(const Read& base, const Read& local, std::string_view domain, ManifestReport& report) {
  const Word* cluster = upstream_of(block_for(local.config, domain));
  if (cluster == nullptr) return;
  check_stubs(base, local, domain, *cluster, report);
  for (const Directive directive : base.config.directives()) {
    const Word* name = own_name(directive);
    if (name == nullptr || name->unknown != 0 || covers(domain, zone_of(*name))) continue;
    const Word* other = upstream_of(block_for(local.config, zone_of(*name)));
    if (other == nullptr || other->text == cluster->text) continue;
    Diagnostic& found = report.at(base.outer(*name), fmt::format("node-local-dns never asks CoreDNS for `{}`", name->text));
    found.labels.push_back({local.outer(*other), "asked instead"});
    found.notes.push_back("pods ask node-local-dns, which sends only the cluster's own zones to CoreDNS");
    found.help = "write it into the Corefile of node-local-dns, or have that forward the name to the cluster's DNS";
  }
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  if (manifest.corefiles.size() < 2) return;
  const auto locals = read_corefiles(manifest, [](const Embedded& one) { return one.role == Role::node_local; });
  if (locals.empty()) return;
  const std::string_view domain = context.cluster_domain.empty() ? usual_domain : zone_of(context.cluster_domain);
  for (const Read& base : read_bases(manifest)) {
    for (const Read& local : locals) {
      check_pair(base, local, domain, report);
      check_domain(base, local, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::node_local_bypass
