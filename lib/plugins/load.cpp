// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/key.hpp>
#include <corefile/load.hpp>
#include <numeric>

#include "plugins/facts.hpp"
#include "plugins/listen.hpp"
#include "plugins/reader.hpp"

namespace corefile {

using plugins::BlockState;
using plugins::Reader;
using plugins::Schema;

namespace plugins {

const Schema* external(std::string_view name) noexcept {
  const std::span<const Schema> known = externals();
  const auto found = std::find_if(known.begin(), known.end(), [name](const Schema& plugin) { return plugin.name == name; });
  return found == known.end() ? nullptr : &*found;
}

}  // namespace plugins

namespace {

std::vector<std::string_view> names_of(Release release) {
  std::vector<std::string_view> names;
  for (const std::uint8_t index : plugins::execution_order(release)) names.push_back(plugins::builtin()[index].name);
  return names;
}

// parse.go, validDirective: names are looked at in the order of the text, before anything else.
LoadFault unknown_directive(Directive directive, const Schema* own, Release release) {
  const std::string_view name = directive.name();
  const Place place = directive.config->place(directive.name_word());
  LoadFault fault{LoadFault::Kind::unknown_directive, place, fmt::format("CoreDNS has no plugin `{}`", name)};
  fault.says = fmt::format("Unknown directive '{}'", name);
  fault.subject = std::string(name);
  if (own != nullptr && own->life.until < release) {
    fault.kind = LoadFault::Kind::removed_directive;
    fault.message = fmt::format("plugin `{}` was last part of CoreDNS {}", name, to_string(own->life.until));
  } else if (own != nullptr) {
    fault.kind = LoadFault::Kind::future_directive;
    fault.message = fmt::format("plugin `{}` came in CoreDNS {}, and this is {}", name, to_string(own->life.since), to_string(release));
    fault.help = fmt::format("remove it, or run CoreDNS {} or newer", to_string(own->life.since));
  } else if (const Schema* external = plugins::external(name)) {
    fault.message = fmt::format("`{}` is an external plugin, which CoreDNS's own builds lack", name);
    fault.help = fmt::format("build CoreDNS with it ({}), then switch it on here with `--plugins {}`", external->url, name);
  } else if (const std::string_view meant = plugins::nearest(name, names_of(release)); !meant.empty()) {
    fault.help = fmt::format("did you mean `{}`?", meant);
    fault.fixes.push_back({fmt::format("write `{}`", meant), Safety::unsafe, {{place, std::string(meant)}}});
  }
  return fault;
}

/// A plugin's line, when its turn comes.
struct Turn {
  std::uint32_t rank;     // in the order of execution
  std::uint32_t mention;  // in Config::mentions, which lie block by block
  const Schema* plugin;
};

/// Turns stand in the order of the text; among equals they stay so. O(turns + ranks): there are few ranks, and often many turns.
void sort_by_rank(std::vector<Turn>& turns) {
  constexpr std::size_t few = 32;
  if (turns.size() <= few) {
    std::sort(turns.begin(), turns.end(),
              [](const Turn& a, const Turn& b) { return a.rank != b.rank ? a.rank < b.rank : a.mention < b.mention; });
    return;
  }
  const std::uint32_t highest =
      std::max_element(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) { return a.rank < b.rank; })->rank;
  std::vector<std::uint32_t> begins(highest + 2);
  for (const Turn& turn : turns) ++begins[turn.rank + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<Turn> sorted(turns.size());
  for (const Turn& turn : turns) sorted[begins[turn.rank]++] = turn;
  turns = std::move(sorted);
}

/// The lines of plugins that CoreDNS has, in the order of their setup.
std::vector<Turn> turns_of(const Config& config, Release release, const ExternalPlugins& external, std::vector<LoadFault>& faults) {
  const std::span<const Schema> own_plugins = plugins::builtin();
  const std::span<const std::uint8_t> ranks = plugins::ranks(release);
  // Where plugin.cfg has external plugins is not known; their faults come last.
  std::vector<const Schema*> others;
  std::vector<Turn> turns;
  turns.reserve(config.mentions.size());
  for (std::uint32_t i = 0; i < config.mentions.size(); ++i) {
    const Directive directive{&config, i};
    const Schema* own = plugins::schema_of(directive.plugin());
    if (own != nullptr && own->life.covers(release)) {
      turns.push_back({ranks[static_cast<std::size_t>(own - own_plugins.data())], i, own});
    } else if (const Schema* other = external.find(directive.name())) {
      const auto at = std::find(others.begin(), others.end(), other);
      turns.push_back({std::uint32_t{plugins::no_rank} + static_cast<std::uint32_t>(at - others.begin()), i, other});
      if (at == others.end()) others.push_back(other);
    } else if (directive.name_word().unknown == 0 && faults.size() < plugins::most_faults) {
      faults.push_back(unknown_directive(directive, own, release));
    }
  }
  sort_by_rank(turns);
  return turns;
}

/// caddy.go, executeDirectives: one plugin after the other, each in all blocks. One that stands several times in a block is set up once,
/// with all its words.
void set_up(const Config& config, std::span<const Turn> turns, Release release, std::vector<BlockState>& states,
            std::vector<LoadFault>& faults) {
  std::vector<Word> joined;
  for (std::size_t i = 0; i < turns.size() && faults.size() < plugins::most_faults;) {
    const Turn& turn = turns[i];
    const std::uint32_t block = config.mentions[turn.mention].block;
    std::span<const Word> words = Directive{&config, turn.mention}.words();
    const auto goes_on = [&] { return i < turns.size() && turns[i].rank == turn.rank && config.mentions[turns[i].mention].block == block; };
    if (++i; goes_on()) {
      joined.assign(words.begin(), words.end());
      for (; goes_on(); ++i) {
        const std::span<const Word> more = Directive{&config, turns[i].mention}.words();
        joined.insert(joined.end(), more.begin(), more.end());
      }
      words = joined;
    }
    if (states[block].block.dropped()) continue;
    Reader reader(config, words, *turn.plugin, release, states[block], faults);
    plugins::check_zones_of_block(reader);
    reader.run();
  }
}

}  // namespace

LoadVerdict load(const Config& config, Release release, const ExternalPlugins& external, const Files* files) {
  LoadVerdict verdict;
  for (const Refusal& refusal : config.refusals) {
    if (!refusal.certain) {
      verdict.depends = true;
      continue;
    }
    if (verdict.faults.size() == plugins::most_faults) break;
    verdict.faults.push_back({LoadFault::Kind::syntax, refusal.place, refusal.message, refusal.message});
  }
  const std::vector<Turn> turns = turns_of(config, release, external, verdict.faults);
  verdict.depends = verdict.depends || std::any_of(config.remarks.begin(), config.remarks.end(),
                                                   [](const Remark& remark) { return remark.kind != Remark::Kind::glob_without_match; });

  std::vector<plugins::Listener> listeners = plugins::read_keys(config, release, verdict);
  plugins::Patterns patterns(release);
  std::vector<BlockState> states(config.block_count());
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    states[i].block = config.block(i);
    states[i].zones = listeners[i].zones;
    states[i].patterns = &patterns;
    states[i].files = files;
  }
  set_up(config, turns, release, states, verdict.faults);
  for (const BlockState& state : states) verdict.depends = verdict.depends || state.depends;
  plugins::check_listeners(config, release, listeners, states, verdict);
  return verdict;
}

}  // namespace corefile
