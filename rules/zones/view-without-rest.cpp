// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/zones.hpp"
#include "zones.hpp"

namespace corefile::rules::view_without_rest {
namespace {

/// Another block for the zone or one above it, on the same port, that has no view.
bool has_rest(const Config& config, const Key& key, Release release) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (block.fragment() || block.dropped()) continue;
    for (const Word& word : block.keys()) {
      if (word.unknown) return true;
      if (block.has(Plugin::view)) continue;
      const Key other = read_key(word.text, release);
      if (other.error.empty() && other.port == key.port && other.transport == key.transport && !other.zones.empty() &&
          is_below(key.zones.front(), other.zones.front()))
        return true;
    }
  }
  return false;
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads() || has_unresolved_import(config) || context.role == Role::custom_server) return;
  const Word* last = nullptr;
  std::optional<Key> key;
  std::uint32_t at = 0;
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (!block.has(Plugin::view)) return;
    Key own = read_key(word.text, context.release);
    if (!is_zone(block, own) || own.zones.empty() || has_rest(config, own, context.release)) return;
    last = &word;
    key = std::move(own);
    at = block.index;
  });
  if (last == nullptr) return;
  Diagnostic& found = report.at(*last, fmt::format("a query for `{}` that fits no `view` is refused", shown(last->text)));
  found.labels.push_back({config.place(config.block(at).find(Plugin::view)->name_word()), "for some queries alone"});
  found.notes.push_back("there is no block without `view` for the rest, neither for this zone nor for one above it");
  found.help = "add a server block without `view` behind the others, unless refusing the rest is meant";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::view}, .severity = Severity::info};

}  // namespace corefile::rules::view_without_rest
