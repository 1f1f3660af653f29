// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules::bind_mixed {
namespace {

struct Listener {
  std::uint32_t block;
  const Word* word;
  Key key;
  bool bound;
};

enum class Bound : std::uint8_t { nowhere, everywhere, somewhere };

/// `0.0.0.0` and `::` are every address: such a block is like one without `bind`.
Bound bound(ServerBlock block) {
  Bound found = Bound::nowhere;
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::bind)) continue;
    for (const Word& address : directive.arguments()) {
      if (address.unknown) continue;
      if (address.text != "0.0.0.0" && address.text != "::") return Bound::somewhere;
      found = Bound::everywhere;
    }
  }
  return found;
}

void tell(const Config& config, const Listener& unbound, const Listener& bound, Report& report) {
  Diagnostic& found =
      report.at(*unbound.word, fmt::format("`{}` is not served where `{}` is bound", shown(unbound.word->text), shown(bound.word->text)));
  found.labels.push_back({config.place(*config.block(bound.block).find(Plugin::bind)->words().begin()), "bound here, on the same port"});
  found.notes.push_back(
      "on the bound address CoreDNS knows only the blocks that are bound to it, on every other address only those without `bind`");
  found.help = "write the same `bind` in both blocks, or give one of them another port";
}

void check(const Config& config, const Context& context, Report& report) {
  if (config.block_count() < 2) return;
  std::vector<Listener> listeners;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ZoneBlock block(config.block(i));
    if (block.fragment() || block.dropped() || block.keys().empty() || is_incomplete(block)) continue;
    const Bound where = block.has(Plugin::bind) ? bound(block) : Bound::everywhere;
    if (where == Bound::nowhere) continue;
    for (const Word& word : block.keys()) {
      if (word.unknown) continue;
      Key key = read_key(word.text, context.release);
      if (is_zone(block, key)) listeners.push_back({i, &word, std::move(key), where == Bound::somewhere});
    }
  }
  std::uint32_t told = 0xFFFFFFFF;
  for (const Listener& unbound : listeners) {
    if (unbound.bound || unbound.block == told) continue;
    for (const Listener& bound : listeners) {
      if (!bound.bound || bound.key.transport != unbound.key.transport || bound.key.port != unbound.key.port) continue;
      if (bound.key.zones == unbound.key.zones) continue;  // refused, or a block of its own for that address
      tell(config, unbound, bound, report);
      told = unbound.block;
      break;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::bind}};

}  // namespace corefile::rules::bind_mixed
