// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::cache_capacity_looks_like_ttl {
namespace {

void check(Directive cache, const Context& context, Report& report) {
  if (!cache.properties().has("success") && !cache.properties().has("denial")) return;
  const CacheSettings& settings = context.stanzas->cache(cache);
  for (const Property line : cache.properties()) {
    if ((line.name() != "success" && line.name() != "denial") || line.arguments().size() != 1) continue;
    const CacheStore& store = line.name() == "success" ? settings.success : settings.denial;
    const Word& word = line.arguments().front();
    if (store.capacity_word != &word || !looks_like_ttl(store)) continue;
    const std::string text(word.text);
    Diagnostic& found = report.at(word, "`" + text + "` is a number of entries here, not a TTL");
    found.label = "the capacity";
    found.notes.push_back("the store holds " + std::to_string(store.entries()) + " entries, and their TTL stays at most " +
                          std::to_string(store.ttl) + " seconds");
    found.help = "write the capacity first: `" + std::string(line.name()) + " 9984 " + text + "`";
    found.fixes.push_back({"insert the usual capacity, 9984", Safety::unsafe, {Fixer(*cache.config).insert_before(word, "9984 ")}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .lines = {"success", "denial"}, .fixes = Fixes::always};

}  // namespace corefile::rules::cache_capacity_looks_like_ttl
