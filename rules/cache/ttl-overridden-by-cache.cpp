// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <string>

#include "go/number.hpp"
#include "lint/stanzas.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::ttl_overridden_by_cache {
namespace {

constexpr std::int64_t kubernetes_ttl = 5;  // kubernetes.go, defaultTTL

std::string_view served_zone(Directive backend) {
  for (const Word& zone : backend.zones()) {
    if (!is_reverse_text(zone_of(zone))) return zone_of(zone);
  }
  return "";
}

void check(Directive backend, const Context& context, Report& report) {
  const Config& config = *backend.config;
  const bool kubernetes = backend.is(Plugin::kubernetes);
  const auto line = backend.properties().find("ttl");
  const Word* word = line && !line->arguments().empty() ? &line->arguments().front() : nullptr;
  if (word == nullptr && !kubernetes) return;
  std::int64_t ttl = kubernetes_ttl;
  if (word != nullptr) {
    const auto number = go::atoi(word->text);
    if (!number || *number < 0) return;
    ttl = *number;
  }
  const ServerBlock block = config.block(backend.block());
  const auto cache = block.find(Plugin::cache);
  if (!cache || block.fragment()) return;

  const CacheSettings& settings = context.stanzas->cache(*cache);
  const std::int64_t given = std::min(std::max(ttl, settings.success.min_ttl), settings.success.ttl);
  if (given == ttl || !settings.covers(served_zone(backend))) return;
  const bool raised = given > ttl;
  if (!raised && ttl <= 2 * given) return;  // as in k3s's own file, 60 and 30: no harm is done
  const Word* cause = raised ? settings.success.min_ttl_word : settings.success.ttl_word;
  if (word == nullptr && (!raised || cause == nullptr)) return;

  const std::string name(backend.name());
  const std::string seconds = std::to_string(given);
  Diagnostic& found = word != nullptr ? report.at(*word, "`cache` makes " + seconds + " of this TTL of `" + name + "`")
                                      : report.at(*cause, "`cache` raises the TTL of `" + name + "` from 5 to " + seconds);
  found.severity = raised && cause != nullptr && kubernetes ? Severity::warning : Severity::info;
  found.label = raised ? "raised to " + seconds : "cut to " + seconds;
  if (word == nullptr) {
    found.labels.push_back({config.place(backend.name_word()), "its own TTL is 5"});
  } else {
    found.labels.push_back(
        {config.place(cause != nullptr ? *cause : cache->name_word()), raised ? "at least " + seconds : "at most " + seconds});
  }
  if (raised && cause == nullptr)
    found.notes.push_back("`cache` gives no answer less than 5 seconds, so a TTL of 0 does not keep answers from being cached either");
  if (raised && cause != nullptr && kubernetes)
    found.notes.push_back("clients use the addresses of pods and Services that are gone for that long");
  found.notes.push_back("this holds for zones behind `disable success`, too: they are not stored, but their TTL is changed on the way");
  found.help = raised ? "lower the least TTL of `cache`, or give `cache` zones that leave these names out"
                      : "raise the TTL of `cache`, or write `ttl " + seconds + "`, which is what clients see";
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::kubernetes, Plugin::hosts, Plugin::k8s_external, Plugin::nomad}, .severity = Severity::info};

}  // namespace corefile::rules::ttl_overridden_by_cache
