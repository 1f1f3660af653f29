// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/key.hpp>
#include <corefile/load.hpp>

#include "plugins/listen.hpp"
#include "plugins/reader.hpp"

namespace corefile {

using plugins::BlockState;
using plugins::Plugin;
using plugins::Reader;

namespace plugins {

const Plugin* find(std::span<const Plugin> plugins, std::string_view name) noexcept {
  if (name.empty()) return nullptr;
  const char first = name.front();
  auto at = std::lower_bound(plugins.begin(), plugins.end(), first, [](const Plugin& p, char c) { return p.name.front() < c; });
  for (; at != plugins.end() && at->name.front() == first; ++at) {
    if (at->name == name) return &*at;
  }
  return nullptr;
}

}  // namespace plugins

namespace {

// parse.go, validDirective: names are looked at in the order of the text, before anything else.
void check_name(const Config& config, Directive directive, Release release, const ExternalPlugins& switched_on,
                std::vector<LoadFault>& faults) {
  const std::string_view name = directive.name();
  const Word& word = directive.name_word();
  if (word.unknown) return;
  const Plugin* plugin = plugins::find(plugins::builtin(), name);
  if (plugin != nullptr && plugin->life.covers(release)) return;
  if (switched_on.find(name) != nullptr) return;
  LoadFault fault{LoadFault::Kind::unknown_directive, config.place(word), fmt::format("CoreDNS has no plugin `{}`", name)};
  fault.says = fmt::format("Unknown directive '{}'", name);
  fault.subject = std::string(name);
  if (plugin != nullptr && plugin->life.until < release) {
    fault.kind = LoadFault::Kind::removed_directive;
    fault.message = fmt::format("plugin `{}` was last part of CoreDNS {}", name, to_string(plugin->life.until));
  } else if (plugin != nullptr) {
    fault.kind = LoadFault::Kind::future_directive;
    fault.message = fmt::format("plugin `{}` came in CoreDNS {}, and this is {}", name, to_string(plugin->life.since), to_string(release));
    fault.help = fmt::format("remove it, or run CoreDNS {} or newer", to_string(plugin->life.since));
  } else if (const Plugin* external = plugins::find(plugins::externals(), name)) {
    fault.message = fmt::format("`{}` is an external plugin, which CoreDNS's own builds lack", name);
    fault.help = fmt::format("build CoreDNS with it ({}), then switch it on here with `--plugins {}`", external->url, name);
  } else if (const std::string_view meant = plugins::nearest(name, plugins::directives(release)); !meant.empty()) {
    fault.help = fmt::format("did you mean `{}`?", meant);
    fault.fixes.push_back({fmt::format("write `{}`", meant), Safety::unsafe, {{config.place(word), std::string(meant)}}});
  }
  faults.push_back(std::move(fault));
}

/// One server block's words by plugin: a plugin that stands several times is set up once, with all of them.
class Mentions {
 public:
  explicit Mentions(ServerBlock block) : block_(block) {}

  std::span<const Word> of(std::string_view plugin) {
    std::span<const Word> found;
    joined_.clear();
    for (const Directive directive : block_.directives()) {
      if (directive.name() != plugin) continue;
      const std::span<const Word> words = directive.words();
      if (found.empty()) {
        found = words;
        continue;
      }
      if (joined_.empty()) joined_.assign(found.begin(), found.end());
      joined_.insert(joined_.end(), words.begin(), words.end());
    }
    return joined_.empty() ? found : std::span<const Word>(joined_);
  }

 private:
  ServerBlock block_;
  std::vector<Word> joined_;
};

}  // namespace

LoadVerdict load(const Config& config, Release release, const ExternalPlugins& external, const Files* files) {
  LoadVerdict verdict;
  for (const Refusal& refusal : config.refusals) {
    if (!refusal.certain) {
      verdict.depends = true;
      continue;
    }
    verdict.faults.push_back({LoadFault::Kind::syntax, refusal.place, refusal.message, refusal.message});
  }
  std::vector<std::string_view> used;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Directive directive : config.block(i).directives()) {
      check_name(config, directive, release, external, verdict.faults);
      if (std::find(used.begin(), used.end(), directive.name()) == used.end()) used.push_back(directive.name());
    }
  }
  verdict.depends = verdict.depends || std::any_of(config.remarks.begin(), config.remarks.end(),
                                                   [](const Remark& remark) { return remark.kind != Remark::Kind::glob_without_match; });

  std::vector<plugins::Listener> listeners = plugins::read_keys(config, release, verdict);
  // caddy.go, executeDirectives: one plugin after the other, each in all blocks.
  std::vector<BlockState> states;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) states.emplace_back().block = config.block(i);
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    states[i].zones = listeners[i].zones;
    states[i].files = files;
  }
  const auto set_up = [&](const Plugin& plugin) {
    for (BlockState& state : states) {
      if (state.block.dropped()) continue;
      Mentions mentions(state.block);
      const std::span<const Word> words = mentions.of(plugin.name);
      if (words.empty()) continue;
      Reader reader(config, words, plugin, release, state, verdict.faults);
      plugins::check_zones_of_block(reader);
      reader.run();
    }
  };
  // Where plugin.cfg has external plugins is not known; their faults come last.
  const std::span<const std::string_view> directives = plugins::directives(release);
  std::vector<std::pair<std::ptrdiff_t, std::string_view>> ordered;
  ordered.reserve(used.size());
  for (const std::string_view name : used)
    ordered.emplace_back(std::find(directives.begin(), directives.end(), name) - directives.begin(), name);
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [position, name] : ordered) {
    const bool own = position < std::ssize(directives);
    if (const Plugin* plugin = own ? plugins::find(plugins::builtin(), name) : external.find(name)) set_up(*plugin);
  }
  for (const BlockState& state : states) verdict.depends = verdict.depends || state.depends;
  plugins::check_listeners(config, release, listeners, states, verdict);
  verdict.as_read_loads = verdict.loads();
  return verdict;
}

}  // namespace corefile
