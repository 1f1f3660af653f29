// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::cache_capacity_below_minimum {
namespace {

void check_store(Directive cache, const CacheStore& store, std::string_view kind, Release release, Report& report) {
  if (store.capacity_word == nullptr || store.capacity >= 1024 || looks_like_ttl(store)) return;
  const std::string text(store.capacity_word->text);
  Diagnostic& found = report.at(*store.capacity_word, "`" + std::string(kind) + " " + text + "` still keeps 1024 entries");
  found.label = "raised to 1024";
  if (store.capacity > 0) {
    found.severity = Severity::info;
    found.notes.push_back("a store has 256 parts of at least 4 entries");
    found.help = "write 1024, or leave it out for 9984";
    return;
  }
  found.notes.push_back("a capacity of 0 or less does not switch the store off: it has 256 parts of at least 4 entries");
  const bool disables = takes(Plugin::cache, "disable", release);
  found.help = !disables ? "give it a short TTL: `" + std::string(kind) + " 1024 1`" : "write `disable " + std::string(kind) + "` instead";
  if (!disables) return;
  for (const Property line : cache.properties()) {
    if (line.name() != kind || line.arguments().size() != 1 || &line.arguments().front() != store.capacity_word) continue;
    found.fixes.push_back({"replace it with `disable " + std::string(kind) + "`",
                           Safety::unsafe,
                           {Fixer(*cache.config).replace(line.words.front(), "disable"),
                            Fixer(*cache.config).replace(*store.capacity_word, std::string(kind))}});
  }
}

void check(Directive cache, const Context& context, Report& report) {
  if (!cache.properties().has("success") && !cache.properties().has("denial")) return;
  const CacheSettings& settings = context.stanzas->cache(cache);
  check_store(cache, settings.success, "success", context.release, report);
  check_store(cache, settings.denial, "denial", context.release, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .lines = {"success", "denial"}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::cache_capacity_below_minimum
