// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "go/number.hpp"
#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::serve_stale_cluster_zone {
namespace {

constexpr Release verify_since{1, 9, 2};

const Word* cluster_zone(Directive kubernetes) {
  for (const Word& zone : kubernetes.zones()) {
    if (!is_reverse_text(zone_of(zone))) return &zone;
  }
  return nullptr;
}

bool keeps(const CacheSettings& cache, std::string_view zone) {
  const auto& without = cache.without_success;
  return cache.covers(zone) && !(without && (without->empty() || any_covers(*without, zone)));
}

/// node-local-dns has the cluster's names from the cluster's DNS.
void check_node_local(Directive cache, const Context& context, Report& report) {
  const auto stale = cache.properties().find("serve_stale");
  const std::string_view domain = context.cluster_domain.empty() ? std::string_view("cluster.local") : zone_of(context.cluster_domain);
  const ServerBlock block = cache.config->block(cache.block());
  if (!stale || !any_covers(block.keys(), domain) || zone_of(block.keys().front()).empty() || !any_covers(cache.zones(), domain)) return;
  Diagnostic& found = report.at(stale->words, "`serve_stale` hands out old addresses of `" + std::string(domain) + "`, too");
  found.severity = Severity::info;
  found.notes.push_back("while the cluster's DNS does not answer, names of Services that are gone are answered from memory");
  found.help = "keep it out of the block for the cluster's names, if that is not wanted";
}

void check(Directive cache, const Context& context, Report& report) {
  if (!cache.properties().has("serve_stale")) return;
  const Config& config = *cache.config;
  if (context.role == Role::node_local && !config.block(cache.block()).has(Plugin::kubernetes)) {
    return check_node_local(cache, context, report);
  }
  const auto stale = cache.properties().find("serve_stale");
  const auto kubernetes = stale ? config.block(cache.block()).find(Plugin::kubernetes) : std::nullopt;
  if (!kubernetes || config.block(cache.block()).fragment()) return;
  const std::span<const Word> arguments = stale->arguments();
  if (!arguments.empty() && go::parse_duration(arguments[0].text).value_or(0) <= 0) return;
  if (arguments.size() > 1 && !same_name(arguments[1].text, "immediate")) return;
  const Word* zone = cluster_zone(*kubernetes);
  if (zone == nullptr || !keeps(context.stanzas->cache(cache), zone_of(*zone))) return;

  Diagnostic& found = report.at(stale->words, "`serve_stale` hands out old addresses of `" + std::string(zone->text) + "`, too");
  found.label = "stale answers first";
  found.labels.push_back({config.place(*zone), "answered from memory, always fresh"});
  found.notes.push_back(
      "an answer that has run out is given once more, and refreshed only afterwards: clients get the address of a pod or Service that is "
      "gone");
  const std::string shown(zone->text);
  if (context.release < verify_since) {
    found.help = "give `cache` zones that leave `" + shown + "` out, or remove `serve_stale`";
    return;
  }
  found.help = "write `serve_stale " + std::string(arguments.empty() ? "1h" : arguments[0].text) + " verify`, or keep `" + shown +
               "` out with `disable success " + shown + "`";
  if (arguments.size() > 2) return;
  Edit edit = arguments.size() == 2 ? Fixer(config).replace(arguments[1], "verify")
                                    : Fixer(config).insert_behind(stale->words.back(), arguments.empty() ? " 1h verify" : " verify");
  found.fixes.push_back({"ask first, and serve stale answers only if that fails", Safety::unsafe, {std::move(edit)}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .lines = {"serve_stale"}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::serve_stale_cluster_zone
