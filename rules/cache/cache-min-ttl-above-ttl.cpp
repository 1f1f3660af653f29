// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "lint/stanzas.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::cache_min_ttl_above_ttl {
namespace {

void check_store(const Config& config, const CacheStore& store, Report& report) {
  if (store.min_ttl_word == nullptr || store.min_ttl <= store.ttl) return;
  const std::string ttl = std::to_string(store.ttl);
  Diagnostic& found =
      report.at(*store.min_ttl_word, "the least TTL, `" + std::string(store.min_ttl_word->text) + "`, is above the most, `" + ttl + "`");
  found.label = "has no effect";
  if (store.ttl_word != nullptr) found.labels.push_back({config.place(*store.ttl_word), "the most"});
  found.notes.push_back("every answer gets a TTL of " + ttl + " seconds, whatever it came with");
  found.help = "write the least TTL below the most, or leave it out";
}

void check(Directive cache, const Context& context, Report& report) {
  if (!cache.properties().has("success") && !cache.properties().has("denial")) return;
  const CacheSettings& settings = context.stanzas->cache(cache);
  check_store(*cache.config, settings.success, report);
  check_store(*cache.config, settings.denial, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .lines = {"success", "denial"}, .severity = Severity::info};

}  // namespace corefile::rules::cache_min_ttl_above_ttl
